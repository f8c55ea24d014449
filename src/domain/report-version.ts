/** The version of the report's shape. Raised only when old readers would misread a new report. */
export const REPORT_SCHEMA_VERSION = '1.0';

/** The version of the API: it changes where an older client would misunderstand an answer. */
export const API_VERSION = '1';
export const API_VERSION_HEADER = 'sre-orch-api';

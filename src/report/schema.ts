import * as z from 'zod';
import { reportSchema } from '../domain/report.ts';
import { REPORT_SCHEMA_VERSION } from '../domain/report-version.ts';

/** The JSON Schema (draft 2020-12) of the report, as `sre-orch schema report` prints it. */
export function reportJsonSchema(): object {
  const schema = z.toJSONSchema(reportSchema, { target: 'draft-2020-12', io: 'input' });
  return {
    ...schema,
    $id: `urn:sre-orch:schema:report:${REPORT_SCHEMA_VERSION}`,
    title: 'Report of an sre-orch investigation',
    description: 'What `sre-orch investigate --output json` prints. Fields are added without a new version; readers ignore fields that they do not know.',
  };
}

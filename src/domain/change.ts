import * as z from 'zod';
import { objectRefSchema } from './object-ref-schema.ts';

const changedFieldSchema = z.object({ field_path: z.string(), from: z.string().nullable(), to: z.string().nullable() });

/** A field that changed before the fault began, with a mechanism from it to the symptom. Never named without all three. */
export const changeSchema = z.object({
  object: objectRefSchema,
  field_path: z.string(),
  from: z.string().nullable().describe('null: the field was not there'),
  to: z.string().nullable().describe('null: the field is no longer there'),
  from_recorded: z.boolean().optional().describe('false: what it was before is recorded nowhere, and from is null'),
  at: z.string(),
  by: z.string().nullable().optional().describe('the tool that wrote it, as managedFields name it'),
  revision: z.number().int().nullable().optional().describe('the revision of the workload that brought it'),
  previous_revision: z.number().int().nullable().optional(),
  also: z.array(changedFieldSchema).optional().describe('what else changed with it, without a known mechanism'),
  mechanism: z.string(),
  evidence_ids: z.array(z.string()),
});
export type Change = z.infer<typeof changeSchema>;

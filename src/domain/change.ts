import { z } from 'zod';
import { objectRefSchema } from './object-ref.ts';

/** A field that changed before the fault began, with a mechanism from it to the symptom. Never named without all three. */
export const changeSchema = z.object({
  object: objectRefSchema,
  field_path: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  at: z.string(),
  mechanism: z.string(),
  evidence_ids: z.array(z.string()),
});

import * as z from 'zod';

/** Conditions by type: `conditions.Ready.status`. */
export const conditionMapSchema = z.record(
  z.string(),
  z.object({ status: z.string(), reason: z.string().nullable(), message: z.string().nullable(), age_s: z.number().nullable() }),
);
export type ConditionMap = z.infer<typeof conditionMapSchema>;

/** A reference to a ConfigMap, Secret or ServiceAccount, with what is known of its target (four-valued, see domain/lookup.ts). */
export const referenceSchema = z.object({
  kind: z.enum(['ConfigMap', 'Secret', 'ServiceAccount']),
  name: z.string(),
  key: z.string().nullable(),
  optional: z.boolean(),
  used_as: z.string().describe('env, envFrom, volume, imagePullSecret, serviceAccount'),
  status: z.enum(['found', 'not-found', 'forbidden', 'not-collected', 'key-missing']).describe('key-missing: the object is there, the key is not'),
});
export type Reference = z.infer<typeof referenceSchema>;

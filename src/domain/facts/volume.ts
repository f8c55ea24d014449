import * as z from 'zod';

/** What rules see of a PersistentVolume. Every key is present; null where it could not be read. */
export const volumeDocSchema = z.object({
  name: z.string(),
  phase: z.string().nullable(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  class: z.string().nullable(),
  capacity: z.string().nullable(),
  reclaim_policy: z.string().nullable(),
  claim: z.string().nullable().describe('namespace/name of the claim it is bound to or reserved for'),
  claim_status: z.string().nullable(),
  pinned_to: z.string().nullable().describe('the nodes it may be used from, by name; null when it is not pinned by name'),
  pinned_nodes_missing: z.boolean().describe('none of those nodes exists'),
  attach_error: z.string().nullable(),
  attach_error_s: z.number().nullable(),
  attach_node: z.string().nullable(),
  attached_to: z.array(z.string()).describe('nodes it is attached to'),
  consumers: z.number().describe('pods that use its claim and have not finished'),
});
export type VolumeDoc = z.infer<typeof volumeDocSchema>;

import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

/** What rules see of a PersistentVolumeClaim. Every key is present; null where it could not be read. */
export const claimDocSchema = z.object({
  name: z.string(),
  namespace: z.string(),
  phase: z.string().nullable(),
  age_s: z.number().nullable(),
  unbound: z.boolean().describe('Pending for more than ten seconds although something needs it'),
  class: z.string().nullable().describe('the class it names or gets by default; null when it has none'),
  class_from: z
    .enum(['spec', 'default', 'none', 'static'])
    .describe('static: it names the empty class, which means an existing volume; none: it names none and there is no default'),
  class_status: z.string().nullable().describe('found, not-found, forbidden or not-collected; null without a class'),
  similar_class: z.string().nullable().describe('a class of nearly that name'),
  classes: z.string().nullable().describe('the classes there are'),
  class_volumes: z.number().nullable().describe('volumes of the class it names: they can be bound without a class; null when volumes could not be read'),
  provisioner: z.string().nullable(),
  dynamic: z.boolean().nullable().describe('the class has a provisioner that makes volumes; null when the class could not be read'),
  driver_registered: z.boolean().nullable().describe('a CSIDriver of that name exists; null when CSIDrivers could not be read'),
  binding_mode: z.string().nullable(),
  waits_for_consumer: z.boolean().describe('WaitForFirstConsumer and no pod that uses it: pending by design'),
  request: z.string().nullable(),
  access_modes: z.array(z.string()),
  volume_mode: z.string(),
  selector: z.string().nullable(),
  snapshot: z.string().nullable().describe('the VolumeSnapshot that it is restored from'),
  snapshot_status: z.string().nullable().describe('found, not-found, forbidden or not-collected; null without'),
  volume: z.string().nullable().describe('spec.volumeName: the volume it is bound to or asks for'),
  volume_status: z.string().nullable(),
  volumes_known: z.boolean().describe('all PersistentVolumes were read'),
  volumes: z.number(),
  nearest: z
    .object({
      name: z.string(),
      differs: z.array(z.enum(['capacity', 'access-mode', 'class', 'volume-mode', 'selector', 'claimed', 'released', 'not-available'])),
      why: z.string().describe('each difference in words'),
      claimed_by: z.string().nullable(),
      phase: z.string().nullable(),
    })
    .nullable()
    .describe('of the volumes that exist, the one that comes nearest to what the claim asks for; null when there is none or none was read'),
  consumers: z.number().describe('pods that use it and have not finished'),
  consumer: z.string().nullable(),
  deleting: z.boolean(),
  deleting_s: z.number().nullable(),
  finalizers: z.array(z.string()),
  resize: z.string().nullable().describe('the size asked for, while it differs from the one it has'),
  capacity: z.string().nullable(),
  expandable: z.boolean().nullable().describe('allowVolumeExpansion of its class'),
  used: z.object({ ratio: z.number(), text: z.string() }).nullable().describe('how full its volume is, by metrics of the kubelet'),
  conditions: conditionMapSchema,
});
export type ClaimDoc = z.infer<typeof claimDocSchema>;

import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

/** What rules see of a HorizontalPodAutoscaler. Every key is present; null where it could not be read. */
export const autoscalerDocSchema = z.object({
  name: z.string(),
  namespace: z.string().nullable(),
  target: z.string().nullable().describe('what it scales: "Deployment checkout"'),
  target_status: z.enum(['found', 'not-found', 'forbidden', 'not-collected']).nullable(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  current: z.number().nullable(),
  desired: z.number().nullable(),
  at_max: z.boolean().describe('as many replicas as it may have'),
  conditions: conditionMapSchema,
  without_requests: z.array(z.string()).describe('containers of the target without a CPU or memory request that the metrics need'),
  rivals: z.array(z.string()).describe('other autoscalers with the same target'),
  metrics_api: z.boolean().nullable().describe('whether the APIService v1beta1.metrics.k8s.io is available; null when unknown'),
});
export type AutoscalerDoc = z.infer<typeof autoscalerDocSchema>;

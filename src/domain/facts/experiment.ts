import * as z from 'zod';

/** What rules see of a chaos experiment. Every key is present; null where it could not be read. */
export const experimentDocSchema = z.object({
  name: z.string(),
  kind: z.string().describe('as it is written: NetworkChaos, Schedule, ChaosEngine'),
  engine: z.enum(['Chaos Mesh', 'Litmus']),
  does: z.string().describe('what it does to the pods, in words: "delay (latency 2s)"'),
  sort: z.enum(['network', 'process']).describe('whether it disturbs what the pods send and receive, or what runs in them'),
  state: z
    .enum(['active', 'over', 'paused', 'unknown'])
    .describe('active: its controller says that it is at work; unknown: no controller has said anything of it yet'),
  targets: z.number().describe('workloads whose pods it chooses'),
  workloads: z.string().nullable().describe('their names'),
  since_s: z.number().nullable().describe('since it was made'),
});
export type ExperimentDoc = z.infer<typeof experimentDocSchema>;

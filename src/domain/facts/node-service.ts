import * as z from 'zod';

export const nodeServiceRoleSchema = z.enum([
  'kubelet',
  'container-runtime',
  'kube-proxy',
  'scheduler',
  'controller-manager',
  'api-server',
  'etcd',
  'dns',
  'other',
]);
export type NodeServiceRole = z.infer<typeof nodeServiceRoleSchema>;

/** What rules see of a unit of a node's init system. Every key is present; null where it could not be read. */
export const nodeServiceDocSchema = z.object({
  node: z.string(),
  service: z.string(),
  role: nodeServiceRoleSchema,
  active: z.string().describe('active, inactive, failed, activating …'),
  sub: z.string().describe('running, dead, exited, auto-restart …'),
  since: z.string().nullable(),
  down: z.boolean().describe('it does not run'),
  restarting: z.boolean().describe('it fails and is started again'),
  replicas: z.number().describe('nodes that have such a unit'),
  replicas_up: z.number(),
  last_line: z.string().nullable().describe('last line of its log that speaks of an error, else the last'),
  waiting_pods: z.number().describe('pods that wait without a node and without a word from the scheduler'),
});
export type NodeServiceDoc = z.infer<typeof nodeServiceDocSchema>;

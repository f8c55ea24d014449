import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

/** What rules see of a Node. Every key is present; null where it could not be read. */
export const nodeDocSchema = z.object({
  name: z.string(),
  ready: z.string().nullable().describe('True, False or Unknown'),
  ready_reason: z.string().nullable(),
  ready_message: z.string().nullable(),
  unready_s: z.number().nullable().describe('seconds since Ready left True'),
  down: z.boolean().describe('not ready for more than ten seconds'),
  lease_s: z.number().nullable().describe('age of the last renewal of its lease'),
  lease_stale: z.boolean().describe('more than 40 s old, and older than those of other nodes by as much'),
  memory_pressure: z.boolean(),
  disk_pressure: z.boolean(),
  pid_pressure: z.boolean(),
  network_unavailable: z.boolean(),
  cordoned: z.boolean(),
  control_plane: z.boolean(),
  taints: z.array(z.string()).describe('"key=value:Effect"'),
  leaving: z.string().nullable().describe('the taint by which its infrastructure says that it takes the node away'),
  lost_devices: z.string().nullable().describe('devices that it offers none of although it has them: "example.com/gpu (0 of 4)"'),
  down_services: z.array(z.string()).describe('roles whose unit does not run: kubelet, container-runtime, kube-proxy …'),
  services_known: z.boolean().describe('what its init system says was collected'),
  rebooted_s: z.number().nullable().describe('age of its last reboot, when within the last day'),
  pods: z.number().describe('pods placed on it that should run'),
  failing_pods: z.number().describe('those of them that are not ready, or were hit by the same kind of error'),
  failing_workloads: z.number().describe('workloads that those pods belong to'),
  elsewhere_failing: z.number().describe('failing pods on all other nodes'),
  elsewhere_pods: z.number(),
  only_here: z.boolean().describe('several workloads fail on this node, and hardly any elsewhere'),
  workloads: z.string().nullable().describe('the failing workloads: "Deployment shop/a, Deployment shop/b"'),
  runtime_errors: z.number().describe('pods here that the container runtime could not be reached for'),
  connectivity: z
    .object({
      checks: z.number().describe('services that were tried from this node'),
      failed: z.number(),
      elsewhere_failed: z.number().describe('those of them that failed from other nodes too'),
      only_here: z.boolean().describe('most fail from here, and the same answer from other nodes'),
      services: z.string(),
    })
    .nullable()
    .describe('TCP checks of Services from pods on this node; null when there are none'),
  system_pods: z.array(z.string()).describe('pods of its agents (network, storage, proxy) on it that are not ready'),
  clock_off: z.string().nullable().describe('by how much its clock is off, when by more than half a minute: "95 s behind the API server"'),
  kubelet_version: z.string().nullable(),
  versions_behind: z.number().nullable().describe('minor versions that its kubelet is behind the newest kubelet of the cluster'),
  proxy_down: z.boolean().describe('the kube-proxy pod on it is not ready, or it has none while other nodes do'),
  unreached_callers: z.number().describe('workloads with pods here whose connections time out or are refused, now, at Services that have ready pods'),
  conditions: conditionMapSchema,
});
export type NodeDoc = z.infer<typeof nodeDocSchema>;

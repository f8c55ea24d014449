import { dropFiles } from './drop.ts';
import type { Dump } from './dump.ts';
import { asEndpointSlices } from './endpoint-slices.ts';
import { moveImages } from './images.ts';
import { logsIn } from './log-language.ts';
import { withNeighbour } from './neighbour.ts';
import { asStatefulSets } from './owners.ts';
import { renumberPorts } from './ports.ts';
import { asked } from './question.ts';
import { rename, renameNodes } from './rename.ts';
import { doubleReplicas } from './replicas.ts';
import { shiftTime } from './shift-time.ts';
import { withSidecars } from './sidecars.ts';
import { asEventSeries, crioPulls, dockerPulls, olderScheduler } from './wording.ts';

/** Rewrites a dump so that the same incident is told in other words. None of them takes away what decides it, unless it drops a file. */
export type Transform = (dump: Dump) => Dump;

export const TRANSFORMS: Readonly<Record<string, Transform>> = {
  none: (dump) => dump,
  rename,
  nodes: renameNodes,
  images: moveImages,
  ports: renumberPorts,
  replicas: doubleReplicas,
  'stateful-sets': asStatefulSets,
  sidecars: withSidecars,
  neighbour: withNeighbour,
  'endpoint-slices': asEndpointSlices,
  'event-series': asEventSeries,
  'older-scheduler': olderScheduler,
  docker: dockerPulls,
  'cri-o': crioPulls,
  'time-later': shiftTime(403),
  'time-earlier': shiftTime(-97),
  'logs-java': logsIn('java'),
  'logs-python': logsIn('python'),
  'logs-node': logsIn('node'),
  'logs-dotnet': logsIn('dotnet'),
  'logs-go': logsIn('go'),
  'ask-broad': asked('Something is wrong, users complain.'),
  'ask-slow': asked('everything is slow since a while'),
  'ask-down': asked('the shop is down, please find out why'),
  'drop-alerts': dropFiles(/(^|\/)alerts\.json$/),
  'drop-metrics': dropFiles(/(^|\/)metrics\.om$/),
  'drop-telemetry': dropFiles(/(^|\/)(alerts\.json|metrics\.om)$/),
  'drop-node-services': dropFiles(/(^|\/)node-services\.json$/),
  'drop-connectivity': dropFiles(/(^|\/)connectivity\.json$/),
  'drop-dependencies': dropFiles(/(^|\/)service-dependencies\.json$/),
  'drop-allocations': dropFiles(/(^|\/)node-allocations\.json$/),
  'drop-extras': dropFiles(/(^|\/)(alerts\.json|metrics\.om|node-services\.json|connectivity\.json|service-dependencies\.json|node-allocations\.json)$/),
  'drop-endpoints': dropFiles(/(^|\/)endpoints\.json$/),
  'drop-replica-sets': dropFiles(/(^|\/)replicasets\.json$/),
  'drop-leases': dropFiles(/(^|\/)leases\.json$/),
  'drop-info': dropFiles(/(^|\/)snapshot-info\.json$/),
  'drop-logs': dropFiles(/logs[^/]*\.txt$/),
  'drop-system': dropFiles(/^(kube-system|default|kube-node-lease)\//),
};

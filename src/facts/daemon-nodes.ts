import type { WorkloadDoc } from '../domain/facts/workload.ts';
import type { Node } from '../domain/kubernetes/node.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import type { FactContext } from './context.ts';
import { leavingTaint } from './node-leaving.ts';
import { acceptsNode } from './node-selection.ts';

/** How many excluded nodes are named. */
const NAMED = 5;

/** Which nodes a DaemonSet has a pod for, and which it leaves out. */
export function daemonPart(context: FactContext, workload: Workload, pods: readonly Pod[]): WorkloadDoc['daemon'] {
  if (workload.kind !== 'DaemonSet') return null;
  const { desiredNumberScheduled = 0, numberMisscheduled = 0 } = workload.status ?? {};
  const nodes = context.inventory.covers('Node', undefined) ? context.inventory.list<Node>('Node') : [];
  const spec = podTemplateOf(workload)?.spec;
  const unselected = spec === undefined ? [] : nodes.filter((node) => !acceptsNode(spec, node));
  const leaving = new Set(nodes.filter((node) => leavingTaint(node) !== null).map(({ metadata }) => metadata.name));
  return {
    nodes: nodes.length === 0 ? null : nodes.length,
    wanted: desiredNumberScheduled,
    unselected: unselected.length,
    excluded: nodes.length - desiredNumberScheduled > 0 ? named(unselected) : null,
    misscheduled: numberMisscheduled,
    on_leaving_nodes: pods.filter(({ spec: { nodeName } }) => nodeName !== undefined && leaving.has(nodeName)).length,
  };
}

function named(nodes: readonly Node[]): string | null {
  if (nodes.length === 0) return null;
  const names = nodes.slice(0, NAMED).map(({ metadata }) => metadata.name);
  return nodes.length > NAMED ? `${names.join(', ')} and ${nodes.length - NAMED} more` : names.join(', ');
}

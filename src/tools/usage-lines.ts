import type { Node } from '../domain/kubernetes/node.ts';
import type { Pod, ResourceRequirements } from '../domain/kubernetes/pod.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import type { NodeMetrics, PodMetrics } from '../domain/kubernetes/usage.ts';

export type Measured = 'memory' | 'cpu';

/** What one thing uses, in bytes or cores, beside what it asked for and may have. */
interface UsageRow {
  readonly name: string;
  readonly memory: Amount;
  readonly cpu: Amount;
}

interface Amount {
  readonly used: number;
  readonly request: number | undefined;
  readonly limit: number | undefined;
}

/** One line a container, those that use most first. */
export function containerLines(metrics: readonly PodMetrics[], pods: readonly Pod[], by: Measured): string[] {
  return linesOf(
    metrics.flatMap((pod) => containerRows(pod, pods)),
    by,
    'limit',
  );
}

/** One line a pod: the sums of its containers. A limit is told where each of them has one. */
export function podLines(metrics: readonly PodMetrics[], pods: readonly Pod[], by: Measured): string[] {
  const rows = metrics.map((pod): UsageRow => {
    const parts = containerRows(pod, pods);
    return { name: nameOf(pod), memory: summed(parts.map(({ memory }) => memory)), cpu: summed(parts.map(({ cpu }) => cpu)) };
  });
  return linesOf(rows, by, 'limit');
}

/** One line a node, beside what it can give to pods. */
export function nodeLines(metrics: readonly NodeMetrics[], nodes: readonly Node[], by: Measured): string[] {
  const rows = metrics.map(({ metadata: { name }, usage }): UsageRow => {
    const { memory, cpu } = nodes.find((node) => node.metadata.name === name)?.status?.allocatable ?? {};
    const amount = (used: string | undefined, limit: string | undefined): Amount => ({
      used: parseQuantity(used) ?? 0,
      request: undefined,
      limit: parseQuantity(limit),
    });
    return { name, memory: amount(usage?.['memory'], memory), cpu: amount(usage?.['cpu'], cpu) };
  });
  return linesOf(rows, by, 'allocatable');
}

function containerRows(metrics: PodMetrics, pods: readonly Pod[]): UsageRow[] {
  const { namespace, name } = metrics.metadata;
  const pod = pods.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const specs = [...(pod?.spec?.containers ?? []), ...(pod?.spec?.initContainers ?? [])];
  return (metrics.containers ?? []).map((container): UsageRow => {
    const resources = specs.find((spec) => spec.name === container.name)?.resources;
    const amount = (what: Measured): Amount => amountOf(what, container.usage?.[what], resources);
    return { name: `${nameOf(metrics)} ${container.name}`, memory: amount('memory'), cpu: amount('cpu') };
  });
}

function amountOf(what: Measured, used: string | undefined, resources: ResourceRequirements | undefined): Amount {
  return { used: parseQuantity(used) ?? 0, request: parseQuantity(resources?.requests?.[what]), limit: parseQuantity(resources?.limits?.[what]) };
}

function summed(amounts: readonly Amount[]): Amount {
  const sum = (values: readonly (number | undefined)[]): number | undefined =>
    values.length === 0 || values.includes(undefined) ? undefined : values.reduce<number>((total, value) => total + (value ?? 0), 0);
  return {
    used: sum(amounts.map(({ used }) => used)) ?? 0,
    request: sum(amounts.map(({ request }) => request)),
    limit: sum(amounts.map(({ limit }) => limit)),
  };
}

function nameOf({ metadata: { namespace, name } }: PodMetrics): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

function linesOf(rows: readonly UsageRow[], by: Measured, limitWord: string): string[] {
  const other: Measured = by === 'memory' ? 'cpu' : 'memory';
  return rows
    .toSorted((a, b) => b[by].used - a[by].used)
    .map((row) => `${row.name}: ${amountText(by, row[by], limitWord)}; ${amountText(other, row[other], limitWord)}`);
}

function amountText(what: Measured, { used, request, limit }: Amount, limitWord: string): string {
  const part = limit === undefined || limit === 0 ? ` (no ${limitWord})` : ` of ${limitWord} ${told(what, limit)} (${Math.round((used / limit) * 100)} %)`;
  return `${what} ${told(what, used)}${part}${request === undefined ? '' : `, request ${told(what, request)}`}`;
}

function told(what: Measured, value: number): string {
  if (what === 'cpu') return `${Math.round(value * 1_000)}m`;
  return value < 2 ** 20 ? `${Math.round(value / 2 ** 10)}Ki` : `${Math.round(value / 2 ** 20)}Mi`;
}

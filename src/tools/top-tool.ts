import * as z from 'zod';
import type { Node } from '../domain/kubernetes/node.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { NodeMetrics, PodMetrics } from '../domain/kubernetes/usage.ts';
import type { Lookup } from '../domain/lookup.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import { seriesAnswer } from './metric-tools.ts';
import { inPieces, unanswered } from './pieces.ts';
import type { ReadSources, ToolSources } from './sources.ts';
import { nothing, type Tool, type ToolAnswer, tool } from './tool.ts';
import { containerLines, nodeLines, podLines } from './usage-lines.ts';

const MAX_LINES = 40;
const MAX_ITEMS = 2_000;

const input = z.object({
  of: z.enum(['memory', 'cpu']).optional().describe('what to sort by (default memory)'),
  what: z.enum(['containers', 'pods', 'nodes']).optional().describe('default containers'),
  namespace: z.string().optional(),
});
type Input = z.infer<typeof input>;

/** What runs now, and uses most: by metrics.k8s.io, beside requests and limits; else by the series that were read with the evidence. */
export function topTool(sources: ReadSources & Partial<ToolSources>): Tool {
  return tool({
    name: 'top',
    description: 'What containers, pods or nodes use now, in memory and cpu, beside their requests and limits; those that use most first.',
    source: 'metrics',
    input,
    run: async (given, signal) => {
      const namespace = given.namespace ?? sources.namespace;
      const measured = await (given.what === 'nodes' ? topNodes(sources, given, signal) : topPods(sources, { ...given, namespace }, signal));
      if (measured.pieces.length > 0 || sources.inventory === undefined) return measured;
      const { telemetry } = await sources.inventory(signal);
      const wanted = telemetry.series.filter(
        ({ name, labels }) => name.includes(given.of ?? 'memory') && (given.what === 'nodes' || namespace === undefined || labels['namespace'] === namespace),
      );
      return wanted.length === 0 ? measured : seriesAnswer(wanted, placeOf(namespace));
    },
  });
}

async function topPods({ reader }: ReadSources, { of = 'memory', what, namespace }: Input, signal: AbortSignal): Promise<ToolAnswer> {
  const place = { ...(namespace === undefined ? {} : { namespace }), maxItems: MAX_ITEMS };
  const [metrics, pods] = await Promise.all([reader.list<PodMetrics>('PodMetrics', place, signal), reader.list<Pod>('Pod', place, signal)]);
  const used = itemsOf(metrics);
  // Without their limits, what they use is still worth telling.
  const lines = (what === 'pods' ? podLines : containerLines)(used, itemsOf(pods), of);
  return answer(lines, { metrics, first: used[0], kind: 'PodMetrics', object: placeOf(namespace) });
}

async function topNodes({ reader }: ReadSources, { of = 'memory' }: Input, signal: AbortSignal): Promise<ToolAnswer> {
  const limits = { maxItems: MAX_ITEMS };
  const [metrics, nodes] = await Promise.all([reader.list<NodeMetrics>('NodeMetrics', limits, signal), reader.list<Node>('Node', limits, signal)]);
  const used = itemsOf(metrics);
  return answer(nodeLines(used, itemsOf(nodes), of), {
    metrics,
    first: used[0],
    kind: 'NodeMetrics',
    object: objectRef('ControlPlane', undefined, 'metrics.k8s.io'),
  });
}

interface Measurement {
  readonly metrics: Lookup<unknown>;
  readonly first: PodMetrics | NodeMetrics | undefined;
  readonly kind: Extract<Kind, 'PodMetrics' | 'NodeMetrics'>;
  readonly object: ObjectRef;
}

function answer(lines: readonly string[], { metrics, first, kind, object }: Measurement): ToolAnswer {
  const what = kind === 'PodMetrics' ? 'usage of pods (metrics.k8s.io)' : 'usage of nodes (metrics.k8s.io)';
  if (metrics.status === 'not-found') return nothing(`${what}: the cluster does not serve it`);
  if (metrics.status !== 'found') return unanswered(what, metrics);
  if (lines.length === 0) return nothing(`${what}: none`);
  const when = first?.timestamp === undefined ? '' : `, as of ${first.timestamp}${first.window === undefined ? '' : ` over ${first.window}`}`;
  const told = inPieces({ source: 'metric', object, field_path: null, excerpt: [`${what}${when}:`, ...lines.slice(0, MAX_LINES)].join('\n') });
  const left = lines.length - MAX_LINES;
  return left > 0 ? { ...told, note: [`${left} that use less are left out`, told.note].filter(Boolean).join('; ') } : told;
}

function itemsOf<T extends KubeObject>(lookup: Lookup<{ readonly items: readonly T[] }>): readonly T[] {
  return lookup.status === 'found' ? lookup.value.items : [];
}

function placeOf(namespace: string | undefined): ObjectRef {
  return objectRef('Namespace', undefined, namespace ?? 'all');
}

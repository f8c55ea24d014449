import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { resourceType } from '../../../src/domain/kubernetes/resource-type.ts';
import { seededRandom } from '../seeded-random.ts';
import { changedReader } from './changed-reader.ts';
import { type Noise, noiseFor } from './noise.ts';

/** A recording with 500 observations beside it that have nothing to do with the incident. */
export async function noisyReader(reader: ClusterReader, namespace: string, seed: string): Promise<ClusterReader> {
  const nodes = await reader.list('Node', {}, AbortSignal.timeout(10_000));
  const names = nodes.status === 'found' ? nodes.value.items.map(({ metadata }) => metadata.name) : [];
  const noise = noiseFor({ seed, namespace, asOf: reader.asOf, nodes: names.length > 0 ? names : ['node-1'] });
  return changedReader(reader, {
    items: (items, kind, within) => {
      const more = noise.objects.filter(
        (object) => object.kind === kind && (within === undefined || !resourceType(kind).namespaced || object.metadata.namespace === within),
      );
      return [...more, ...items];
    },
    log: (text, { pod }) => interspersed(text, noise, `${seed} ${pod}`),
  });
}

/** Most of it before, the rest between lines that begin a message; what a program says last stays last. */
function interspersed(text: string, { logLines }: Noise, seed: string): string {
  if (text.trim() === '') return text;
  const random = seededRandom(seed);
  const lines = text.split('\n');
  const between = logLines.slice(0, logLines.length / 4);
  const starts = lines.flatMap((line, index) => (index > 0 && /^\S/.test(line) && !/^(?:at |Caused by|Traceback|\}|\))/.test(line) ? [index] : []));
  const at = starts.length === 0 ? [] : between.map((line) => ({ line, index: random.pick(starts) }));
  const woven = lines.flatMap((line, index) => [...at.filter((one) => one.index === index).map((one) => one.line), line]);
  return [...logLines.slice(between.length), ...woven].join('\n');
}

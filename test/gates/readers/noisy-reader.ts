import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { resourceType } from '../../../src/domain/kubernetes/resource-type.ts';
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
    log: (text) => interspersed(text, noise),
  });
}

/** The time that a runtime puts before a line. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z /;

/** Evenly between lines that begin a message: what was said early stays early, and what a program says last stays last. */
function interspersed(text: string, { logLines }: Noise): string {
  if (text.trim() === '') return text;
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) =>
    /^\S/.test(line.replace(STAMP, '')) && !/^(?:at |Caused by|Traceback|\}|\))/.test(line.replace(STAMP, '')) ? [index] : [],
  );
  const at = Map.groupBy(logLines, (_, index) => starts[Math.floor((index * starts.length) / logLines.length)] ?? 0);
  return lines.flatMap((line, index) => [...(at.get(index) ?? []).map((noisy) => `${STAMP.exec(line)?.[0] ?? ''}${noisy}`), line]).join('\n');
}

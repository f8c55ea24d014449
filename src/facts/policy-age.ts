import { lastWritten } from '../changes/last-written.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** When a quota or limit range was last written, and how old the set is whose pods it refuses: a younger rule broke what fitted before. */
export function writtenPart(
  context: FactContext,
  policy: KubeObject,
  refused: KubeObject | undefined,
): { written_s: number | null; workload_s: number | null } {
  return {
    written_s: ageSeconds(context, lastWritten(policy) ?? policy.metadata.creationTimestamp),
    workload_s: ageSeconds(context, refused?.metadata.creationTimestamp),
  };
}

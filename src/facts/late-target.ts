import type { Pod } from '../domain/kubernetes/pod.ts';
import type { LogEndpoint } from '../domain/log-excerpt.ts';
import type { LabelIndex } from '../topology/label-index.ts';
import type { FailedCall, LivePod } from './network.ts';

/** What a caller is told while nobody is there to answer. */
const NOBODY_THERE: ReadonlySet<LogEndpoint['error']> = new Set(['refused', 'unreachable', 'timeout', 'unavailable']);

/** A condition's time is cut to the second. */
const WITHIN_SECOND_MS = 999;
/** The proxies of the nodes learn a little later that there is somebody to send connections to. */
const KNOWN_EVERYWHERE_MS = 5_000;

/** Since when the pod has surely been ready, in milliseconds; 0 where it has no such time. */
export function readySince({ status }: Pod): number {
  const ready = status?.conditions?.find((condition) => condition.type === 'Ready' && condition.status === 'True');
  const at = Date.parse(ready?.lastTransitionTime ?? '');
  return Number.isNaN(at) ? 0 : at + WITHIN_SECOND_MS;
}

/** Whether all that serve the target now got ready only after the call was last said to fail: it came up late, and answers since. */
export function cameUpSince({ endpoint, target, said }: Pick<FailedCall, 'endpoint' | 'target' | 'said'>, pods: LabelIndex<LivePod>): boolean {
  if (target.kind !== 'service' || said.at === null || !NOBODY_THERE.has(endpoint.error)) return false;
  const at = Date.parse(said.at);
  const { metadata, spec } = target.service;
  const serving = pods.selected(metadata.namespace, spec?.selector).filter(({ ready }) => ready);
  return serving.length > 0 && serving.every(({ pod }) => readySince(pod) + KNOWN_EVERYWHERE_MS > at);
}

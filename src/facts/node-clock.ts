import type { Lease } from '../domain/kubernetes/node.ts';
import type { FactContext } from './context.ts';

/** Networks and API servers are slow at times; a clock that is off by less harms nobody. */
const TOLERATED_S = 30;

/**
 * By how much a node's clock is off, in words: "95 s ahead of the API server". The kubelet writes the time of a renewal by its
 * own clock, the API server notes the time of the same write by its. null where they agree or nothing is known.
 */
export function clockOff({ inventory }: FactContext, node: string): string | null {
  const lease = inventory.lookup<Lease>('Lease', 'kube-node-lease', node);
  if (lease.status !== 'found') return null;
  const renewed = Date.parse(lease.value.spec?.renewTime ?? '');
  const written = Math.max(...(lease.value.metadata.managedFields ?? []).map(({ time }) => Date.parse(time ?? '')).filter((time) => !Number.isNaN(time)));
  const seconds = Math.round((renewed - written) / 1000);
  if (!Number.isFinite(seconds) || Math.abs(seconds) <= TOLERATED_S) return null;
  return `${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the API server`;
}

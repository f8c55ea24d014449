import { parseDuration } from '../../config/setting.ts';
import type { CommandInput } from '../command.ts';

export interface StoreWishes {
  /** How long a job is left to a replica that is not heard of. */
  readonly leaseMs: number;
  readonly beatMs: number;
  /** How long an incident is kept after its end, and how much is kept; undefined: all. */
  readonly keepMs: number | undefined;
  readonly maxBytes: number | undefined;
}

const UNITS: Readonly<Record<string, number>> = { Mi: 2 ** 20, Gi: 2 ** 30 };
const SHORTEST_LEASE_MS = 300;

/** What is wished of the store, and what is wrong with it. */
export function storeWishesOf({ lease = '15s', keep = '90d', keepSize = '4Gi' }: CommandInput['options'], problems: string[]): StoreWishes {
  const leaseMs = parseDuration(String(lease)) ?? 0;
  if (leaseMs < SHORTEST_LEASE_MS) problems.push('--lease needs a duration like 15s');
  const keepMs = keep === 'all' ? undefined : parseDuration(String(keep));
  if (keep !== 'all' && keepMs === undefined) problems.push('--keep needs a duration like 90d, or all');
  const [, number, unit = ''] = /^([1-9]\d{0,5})(Mi|Gi)$/.exec(String(keepSize)) ?? [];
  if (keepSize !== 'all' && number === undefined) problems.push('--keep-size needs a size like 500Mi or 4Gi, or all');
  return { leaseMs, beatMs: leaseMs / 3, keepMs, maxBytes: number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1) };
}

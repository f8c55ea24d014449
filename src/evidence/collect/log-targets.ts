import type { Inventory } from '../../domain/inventory.ts';
import type { Scope } from '../../domain/report.ts';

/** One container whose log is worth reading. */
export interface LogTarget {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before the last restart, the present one, or both. */
  readonly runs: 'previous' | 'current' | 'both';
  /** Why, for the steps: "waiting: CrashLoopBackOff". */
  readonly reason: string;
}

/** Containers whose logs may tell the cause, most telling first: failing ones, then those of what the question names. */
export function logTargets(_inventory: Inventory, _scope: Scope): LogTarget[] {
  return [];
}

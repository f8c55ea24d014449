import type { FieldWrite } from '../../domain/kubernetes/object.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';

/** What is asked when the change behind a fault is looked for. */
export interface ChangeQuestion {
  readonly candidate: Candidate;
  readonly known: Known;
  /** The earliest sign of the fault; null where nothing tells. */
  readonly first: string | null;
}

/** A change that passed all three tests: it came before, its field is known, and the field leads to the fault. */
export interface FoundChange {
  readonly object: ObjectRef;
  readonly at: string;
  readonly by: string | null;
  readonly revision: number | null;
  readonly previousRevision: number | null;
  /** As it stands in the object. */
  readonly field: FieldWrite;
  readonly others: readonly FieldWrite[];
  readonly mechanism: string;
  /** True when the finding or its evidence names the field or its value. */
  readonly spoken: boolean;
}

/** Clocks of the control plane's parts differ by this much, and times have whole seconds. */
const SKEW_MS = 5_000;

/** Did it come before the first trouble, and not longer before it than its fault may take to begin? */
export function precedes(at: string | undefined, first: string | null, withinMs: number): boolean {
  if (at === undefined || first === null) return false;
  const delay = Date.parse(first) - Date.parse(at);
  return delay >= -SKEW_MS && delay <= withinMs;
}

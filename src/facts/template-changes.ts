import { templateChangesOf } from '../changes/template-changes.ts';
import type { WorkloadDoc } from '../domain/facts/workload.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { ageSeconds, type FactContext } from './context.ts';

/** What the newest revision of a workload's template changed against the one before; empty where there is only one. */
export function templateChanges(context: FactContext, workload: Workload): WorkloadDoc['changes'] {
  const newest = templateChangesOf(context.inventory, workload).next().value;
  if (newest === undefined) return [];
  const at = newest.at ?? null;
  return newest.fields.map(({ field, from, to }) => ({ field, from, to, at, age_s: ageSeconds(context, at) }));
}

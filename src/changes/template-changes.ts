import type { Inventory } from '../domain/inventory.ts';
import type { PodTemplate, Workload } from '../domain/kubernetes/workload.ts';
import { type ChangedField, differences } from './differences.ts';
import { type Revision, revisionsOf, takenAt } from './revisions.ts';

/** What one revision of a workload's template changed against the one before, or against the last whose pods are ready still. */
export interface TemplateChange {
  readonly revision: Revision;
  readonly before: Revision;
  /** When the workload went over to it; undefined where nothing tells. */
  readonly at: string | undefined;
  /** Paths start at the template. */
  readonly fields: readonly ChangedField[];
  /** Names of the revisions that have this template, those that only restarted the pods among them. */
  readonly names: readonly string[];
}

/** Written by controllers and tools, without a meaning for the containers. */
const IGNORED = /^metadata\.(labels\.pod-template-hash|labels\.controller-revision-hash|annotations\.kubectl\.kubernetes\.io|creationTimestamp)|\$patch$/;

/**
 * The changes between the revisions that were read, the newest first, worked out one by one. Revisions that only restarted the
 * pods count as one with the revision whose template they repeat.
 */
export function* templateChangesOf(inventory: Inventory, workload: Workload): Generator<TemplateChange, undefined> {
  const revisions = revisionsOf(inventory, workload);
  let names: string[] = [];
  for (const [index, revision] of revisions.entries()) {
    const before = lastGood(revisions, index) ?? revisions[index + 1];
    names.push(revision.name);
    if (before?.template === undefined || revision.template === undefined) return undefined;
    const fields = templateDifferences(before.template, revision.template);
    if (fields.length === 0) continue;
    yield { revision, before, at: takenAt(inventory, workload, revision, before), fields, names };
    names = [];
  }
  return undefined;
}

/** Revisions in quick succession were never tried one by one: what is ready beside them is what to compare with. */
function lastGood(revisions: readonly Revision[], index: number): Revision | undefined {
  return revisions[index]?.ready === 0 ? revisions.slice(index + 1).find(({ ready, template }) => ready > 0 && template !== undefined) : undefined;
}

/** Fields of two templates that differ and mean something to the pods. */
export function templateDifferences(before: PodTemplate, after: PodTemplate): ChangedField[] {
  return differences(before, after).filter(({ field }) => !IGNORED.test(field));
}

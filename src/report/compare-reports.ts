import type { RootCause } from '../domain/cause.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import type { Report, Verdict } from '../domain/report.ts';

interface Side {
  readonly incident_id: string;
  readonly created_at: string;
  readonly verdict: Verdict;
}

interface ComparedCause {
  readonly state: 'gone' | 'new' | 'still';
  readonly cause_id: string;
  readonly title: string;
  readonly object: string;
  /** null on the side where it is not named. */
  readonly confidence: readonly [before: number | null, after: number | null];
}

/** What two investigations say differently. Lists are empty where they agree. */
export interface ReportComparison {
  readonly before: Side;
  readonly after: Side;
  readonly causes: readonly ComparedCause[];
  readonly affected: { readonly recovered: readonly string[]; readonly newly: readonly string[] };
  /** What only one of them could not see: a difference may come from there. */
  readonly not_seen: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** Compares two reports, the older first. Causes are the same where id and object are. */
export function compareReports(before: Report, after: Report): ReportComparison {
  const gaps = ({ gaps: all }: Report): string[] => all.map(({ what }) => what);
  return {
    before: side(before),
    after: side(after),
    causes: compareCauses(before.root_causes, after.root_causes),
    affected: { recovered: without(affectedBy(before), affectedBy(after)), newly: without(affectedBy(after), affectedBy(before)) },
    not_seen: { before: without(gaps(before), gaps(after)), after: without(gaps(after), gaps(before)) },
  };
}

function side({ incident_id, created_at, verdict }: Report): Side {
  return { incident_id, created_at, verdict };
}

function compareCauses(before: readonly RootCause[], after: readonly RootCause[]): ComparedCause[] {
  const keyOf = ({ cause_id: id, object }: RootCause): string => `${id}\n${refKey(object)}`;
  const later = new Map(after.map((cause) => [keyOf(cause), cause]));
  const earlier = new Map(before.map((cause) => [keyOf(cause), cause]));
  const compared = (cause: RootCause, state: ComparedCause['state'], confidence: ComparedCause['confidence']): ComparedCause => ({
    state,
    cause_id: cause.cause_id,
    title: cause.title,
    object: refLabel(cause.object),
    confidence,
  });
  return [
    ...after.map((cause) => {
      const was = earlier.get(keyOf(cause));
      return compared(cause, was ? 'still' : 'new', [was?.confidence ?? null, cause.confidence]);
    }),
    ...before.filter((cause) => !later.has(keyOf(cause))).map((cause) => compared(cause, 'gone', [cause.confidence, null])),
  ];
}

function affectedBy({ root_causes: causes }: Report): string[] {
  const objects: ObjectRef[] = causes.flatMap(({ affected }) => affected);
  return [...new Set(objects.map(refLabel))];
}

function without(all: readonly string[], known: readonly string[]): string[] {
  const taken = new Set(known);
  return [...new Set(all)].filter((item) => !taken.has(item));
}

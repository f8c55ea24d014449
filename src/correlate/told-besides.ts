import type { Observation, RuledOut } from '../domain/cause.ts';
import type { Entities } from '../domain/entities.ts';
import type { Finding } from '../domain/finding.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import { sentence } from '../domain/sentence.ts';
import type { Candidate } from './candidate.ts';
import type { Dismissal } from './dismissal.ts';
import type { Explanations } from './explanations.ts';
import { mechanismOf } from './sentences.ts';
import type { Spread } from './spread.ts';

const MAX_TOLD = 50;
/** Names in one sentence. */
const MAX_LISTED = 3;

/** Causes that were considered and are not the answer, each with its reason: first those that do not stand, then those that do not fit. */
export function ruledOutOf(dismissed: readonly Dismissal[], { rejections }: Explanations, spreads: readonly Spread[]): RuledOut[] {
  const fallen = dismissed
    .filter(({ candidate }) => candidate.role === 'cause')
    .map(({ candidate, reason }) => ruledOut(candidate, reason, candidate.evidenceIds));
  const above = (cause: Candidate, effect: Candidate): boolean => spreads.some(({ explained }) => explained.includes(cause) && explained.includes(effect));
  const unfit = rejections
    .filter(({ cause, effect }) => cause.role === 'cause' && !above(cause, effect))
    .map(({ cause, effect, reason }) =>
      ruledOut(cause, `not the cause of ${effect.primary.title} on ${refLabel(effect.object)}: ${reason}`, [
        ...cause.primary.evidence_ids,
        ...effect.primary.evidence_ids,
      ]),
    );
  return uniqueBy([...fallen, ...unfit], ({ cause_id, object, reason }) => `${cause_id} ${refKey(object)} ${reason}`);
}

function ruledOut({ causeId, primary, object }: Candidate, reason: string, evidenceIds: readonly string[]): RuledOut {
  return { cause_id: causeId, title: primary.title, object, reason, evidence_ids: [...new Set(evidenceIds)] };
}

interface ObservationInput {
  readonly findings: readonly Finding[];
  readonly unexplained: readonly Candidate[];
  /** Roots that have nothing to do with what was asked. */
  readonly elsewhere: readonly Candidate[];
  readonly entities: Entities;
  /** What the question names, where no root cause has to do with it. */
  readonly notExplained: readonly ObjectRef[];
  /** Whether it has to do with what was read: all namespaces are listed, also where the question is about one. */
  readonly isRead: (object: ObjectRef) => boolean;
}

/** What is true and worth knowing besides: unexplained symptoms first, then faults elsewhere, then what rules only remark. */
export function observationsOf({ findings, unexplained, elsewhere, entities, notExplained, isRead }: ObservationInput): Observation[] {
  const remarks = findings.filter(({ role, object }) => role === 'observation' && isRead(object));
  const told = [
    ...notExplained.map((object) => ({
      text: `The question names ${refLabel(object)}: no fault of it was found, and no way to it from what is told as a root cause.`,
      object,
      evidence_ids: [],
    })),
    ...unexplained.map(({ primary }) => observation(`${sentence(mechanismOf(primary))} No reason for it could be read.`, primary)),
    ...unresolved(entities.unresolved).map((text) => ({ text, object: null, evidence_ids: [] })),
    ...[...Map.groupBy(elsewhere, ({ causeId }) => causeId).values()].flatMap(outside),
    ...remarks.map((remark) => observation(sentence(mechanismOf(remark)), remark)),
  ];
  return uniqueBy(told, ({ text, object }) => `${object ? refKey(object) : ''} ${text}`);
}

function observation(text: string, { object, evidence_ids }: Finding): Observation {
  return { text, object, evidence_ids };
}

/** Faults of one cause are told once, with the others' names. */
function outside([first, ...others]: readonly Candidate[]): Observation[] {
  if (first === undefined) return [];
  const { title } = first.primary;
  const more = others.length === 0 ? '' : ` The same is true of ${listed(others.map(({ object }) => refLabel(object)))}.`;
  return [observation(`Outside the question: ${title}. ${sentence(mechanismOf(first.primary))}${more}`, first.primary)];
}

/** Words that name nothing, in one sentence; each of those with near names has one of its own. */
function unresolved(words: Entities['unresolved']): string[] {
  const hinted = words.filter(({ near }) => near.length > 0);
  const others = words.filter(({ near }) => near.length === 0).map(({ word }) => `"${word}"`);
  const nothing = others.length === 1 ? 'nothing of that name' : 'nothing of those names';
  return [
    ...hinted.map(({ word, near }) => `The description says "${word}", and nothing of that name was found; near names: ${near.join(', ')}.`),
    ...(others.length === 0 ? [] : [`The description says ${listed(others)}, and ${nothing} was found.`]),
  ];
}

function listed(names: readonly string[]): string {
  const [last] = names.slice(-1);
  if (names.length > MAX_LISTED) return `${names.slice(0, MAX_LISTED).join(', ')} and ${names.length - MAX_LISTED} more`;
  return names.length === 1 ? (last ?? '') : `${names.slice(0, -1).join(', ')} and ${last}`;
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item] as const)).values()].slice(0, MAX_TOLD);
}

import type { Observation, RuledOut } from '../domain/cause.ts';
import type { Entities } from '../domain/entities.ts';
import type { Finding } from '../domain/finding.ts';
import { type ObjectRef, refKey, refLabel } from '../domain/object-ref.ts';
import type { Candidate } from './candidate.ts';
import type { Dismissal } from './dismissal.ts';
import type { Explanations } from './explanations.ts';
import type { Spread } from './spread.ts';

const MAX_TOLD = 50;
/** Names in one sentence. */
const MAX_NAMED = 3;

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
}

/** What is true and worth knowing besides: unexplained symptoms first, then faults elsewhere, then what rules only remark. */
export function observationsOf({ findings, unexplained, elsewhere, entities, notExplained }: ObservationInput): Observation[] {
  const remarks = findings.filter(({ role }) => role === 'observation');
  const told = [
    ...notExplained.map((object) => ({
      text: `The question names ${refLabel(object)}: no fault of it was found, and no way to it from what is told as a root cause.`,
      object,
      evidence_ids: [],
    })),
    ...unexplained.map(({ primary }) => observation(`${sentence(primary.mechanism)} No reason for it could be read.`, primary)),
    ...entities.unresolved.map(({ word, near }) => ({ text: unresolved(word, near), object: null, evidence_ids: [] })),
    ...[...Map.groupBy(elsewhere, ({ causeId }) => causeId).values()].flatMap(outside),
    ...remarks.map((remark) => observation(sentence(remark.mechanism), remark)),
  ];
  return uniqueBy(told, ({ text, object }) => `${object ? refKey(object) : ''} ${text}`);
}

/** Fifty objects elsewhere with one fault are one line. */
function outside([first, ...others]: readonly Candidate[]): Observation[] {
  if (first === undefined) return [];
  const more = others.length > MAX_NAMED ? ` and ${others.length - MAX_NAMED} more` : '';
  const same =
    others.length === 0
      ? ''
      : ` The same is true of ${others
          .slice(0, MAX_NAMED)
          .map(({ object }) => refLabel(object))
          .join(', ')}${more}.`;
  const { primary } = first;
  return [observation(`Outside the question: ${primary.title}. ${sentence(primary.mechanism)}${same}`, primary)];
}

function observation(text: string, { object, evidence_ids }: Finding): Observation {
  return { text, object, evidence_ids };
}

function unresolved(word: string, near: readonly string[]): string {
  const hint = near.length > 0 ? `; near names: ${near.join(', ')}` : '';
  return `The description says "${word}", and nothing of that name was found${hint}.`;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function uniqueBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [key(item), item] as const)).values()].slice(0, MAX_TOLD);
}

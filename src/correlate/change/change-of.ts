import type { ChainLink } from '../../domain/cause.ts';
import type { Change } from '../../domain/change.ts';
import type { Cite } from '../../domain/citation.ts';
import type { FieldWrite } from '../../domain/kubernetes/object.ts';
import { type ObjectRef, sameObject } from '../../domain/object-ref.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';
import { edgeSentence } from '../sentences.ts';
import { firstTrouble, found } from './first-trouble.ts';
import { objectChange } from './object-change.ts';
import { MADE } from './object-mechanisms.ts';
import type { ChangeQuestion, FoundChange } from './question.ts';
import { hasRead, settingsOf } from './read-settings.ts';
import { templateChange } from './template-change.ts';

/** The change behind each candidate, worked out when it is first asked for. */
export class Changes {
  readonly #known: Known;
  readonly #cite: Cite | undefined;
  readonly #found = new Map<Candidate, Change | null>();

  constructor(known: Known, cite: Cite | undefined) {
    this.#known = known;
    this.#cite = cite;
  }

  /** Bound, so that it can be handed out. */
  readonly of = (candidate: Candidate): Change | null => {
    const known = this.#found.get(candidate);
    if (known !== undefined) return known;
    const change = changeOf(candidate, this.#known, this.#cite);
    this.#found.set(candidate, change);
    return change;
  };
}

/** Where something else was changed than what is blamed, the way from the one to the other. */
export function linkOfChange(change: Change | null, blamed: ObjectRef): ChainLink[] {
  if (change === null || sameObject(change.object, blamed)) return [];
  return [{ from: change.object, to: blamed, mechanism: edgeSentence('reads', blamed, change.object), evidence_ids: change.evidence_ids }];
}

/**
 * The change that brought the fault: a revision of the blamed workload, a write of the blamed object, or of what the workload
 * takes its settings from. It came before the first trouble and not long before it, its field is known, and the field leads to
 * the fault. Null where one of these is not so.
 */
function changeOf(candidate: Candidate, known: Known, cite: Cite | undefined): Change | null {
  if (cite === undefined) return null;
  const question: ChangeQuestion = { candidate, known, first: firstTrouble(candidate, known) };
  const own = templateChange(question, candidate.object) ?? ownWrite(question);
  const settings = settingsOf(candidate.object, known).flatMap((read) => {
    const change = objectChange(question, read.object);
    return change !== undefined && hasRead(change, read, candidate, known) ? [change] : [];
  });
  const [best] = [...(own === undefined ? [] : [own]), ...settings].toSorted(
    (a, b) =>
      Number(b.spoken) - Number(a.spoken) ||
      Number(sameObject(b.object, candidate.object)) - Number(sameObject(a.object, candidate.object)) ||
      Date.parse(b.at) - Date.parse(a.at),
  );
  return best === undefined ? null : told(best, cite);
}

function ownWrite(question: ChangeQuestion): FoundChange | undefined {
  const object = found(question.candidate.object, question.known);
  return object === undefined ? undefined : objectChange(question, object);
}

function told({ object, at, by, revision, previousRevision, field, others, mechanism }: FoundChange, cite: Cite): Change {
  return {
    object,
    field_path: field.field,
    from: field.from ?? null,
    to: field.to,
    ...(field.from === undefined ? { from_recorded: false } : {}),
    at,
    by,
    revision,
    previous_revision: previousRevision,
    also: others.map(({ field: path, from = null, to }) => ({ field_path: path, from, to })),
    mechanism,
    evidence_ids: [cite({ source: 'object', object, field_path: field.field, excerpt: excerptOf(field, revision, previousRevision), observed_at: at })],
  };
}

function excerptOf({ field, from, to }: FieldWrite, revision: number | null, previous: number | null): string {
  if (field === MADE) return `created at ${to}`;
  if (revision !== null && previous !== null) return `revision ${previous}: ${from ?? 'not set'}; revision ${revision}: ${to ?? 'not set'}`;
  return from === undefined ? `now: ${to ?? 'not set'}` : `before: ${from ?? 'not set'}; now: ${to ?? 'not set'}`;
}

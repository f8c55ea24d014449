import type { Hypothesis } from '../../domain/analysis.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { type ObjectRef, objectRef, refLabel, sameObject } from '../../domain/object-ref.ts';
import type { Proposal } from '../../domain/proposal.ts';
import type { Matter } from '../analyst.ts';
import type { Answer } from './answer.ts';
import { inventedWords } from './invented-words.ts';

/** What is left of an answer: all else is a hypothesis, with the reason why it is no more. */
export interface CheckedAnswer {
  readonly narrative: string | null;
  readonly proposals: readonly Proposal[];
  readonly hypotheses: readonly Hypothesis[];
}

type Known = Pick<Matter, 'evidence' | 'names' | 'exists' | 'ownerOf' | 'rootCauses' | 'question'> & {
  /** What the model saw of an excerpt: addresses may be placeholders there. */
  readonly seen: (text: string) => string;
};

const MAX_HYPOTHESES = 10;
const MAX_SENTENCES = 12;
const SHORTEST_QUOTE = 6;
const TROUBLE =
  /error|fail|exception|refus|denied|time[d -]*out|fatal|panic|unable|cannot|can't|missing|invalid|not found|no such|crash|exceed|unavailable|reject|expired|overflow|exhaust|corrupt|abort|kill|warn/i;
const RATING = /\bconfiden(?:t|ce)\b|\b(?:100|9\d) ?%|\bcertain(?:ly|ty)?\b|\bdefinitely\b|\bwithout (?:a |any )?doubt\b/i;

export function checkAnswer(answer: Answer, known: Known): CheckedAnswer {
  const sentences = sentencesOf(answer.narrative).map((text) => checkSentence(text, known));
  const kept = sentences.flatMap(({ kept: text }) => text ?? []);
  const causes = answer.causes.map((cause) => checkCause(cause, known));
  const guesses = answer.hypotheses.map((text) => unsupported(text, 'it is a guess of the model'));
  return {
    narrative: kept.length === 0 ? null : kept.join(' '),
    proposals: causes.flatMap(({ proposal }) => proposal ?? []),
    hypotheses: [...sentences, ...causes]
      .flatMap(({ hypothesis }) => hypothesis ?? [])
      .concat(guesses)
      .slice(0, MAX_HYPOTHESES),
  };
}

interface Checked {
  readonly kept?: string;
  readonly proposal?: Proposal;
  readonly hypothesis?: Hypothesis;
}

function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?\]])\s+(?=[A-Z"'`])|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
    .slice(0, MAX_SENTENCES);
}

function checkSentence(text: string, known: Known): Checked {
  const ids = idsIn(text);
  const pieces = ids.flatMap((id) => known.evidence(id) ?? []);
  if (pieces.length === 0)
    return { hypothesis: unsupported(text, ids.length === 0 ? 'it cites no evidence' : 'it cites evidence that this run does not have') };
  if (pieces.length < ids.length) return { hypothesis: unsupported(text, 'some of the evidence that it cites does not exist', pieces) };
  if (RATING.test(text)) return { hypothesis: unsupported(text, 'it rates its own confidence, which only the computation can', pieces) };
  const invented = inventedWords(text, corpusOf(pieces, known));
  if (invented.length > 0) return { hypothesis: unsupported(text, `nothing of this run shows ${invented.join(', ')}`, pieces) };
  return { kept: text };
}

function checkCause({ title, kind, namespace, name, mechanism, evidence }: Answer['causes'][number], known: Known): Checked {
  const object = objectRef(kind, namespace ?? undefined, name);
  const text = `${title}, ${refLabel(object)}: ${mechanism}`;
  const cited = evidence.flatMap(({ id, quote }) => {
    const piece = known.evidence(id);
    return piece === undefined ? [] : [{ piece, quote, stands: stands(quote, known.seen(piece.excerpt)) }];
  });
  const pieces = cited.filter((each) => each.stands).map(({ piece }) => piece);
  const problem = causeProblem(object, { pieces, cited: cited.length }, known) ?? wordProblem(`${title} ${mechanism}`, pieces, known);
  if (problem !== undefined) return { hypothesis: unsupported(text, problem, pieces) };
  const owner = known.ownerOf(object);
  if (known.rootCauses.some((cause) => sameObject(cause.object, owner))) return {};
  // That an object is listed, or what it is made of, tells of no fault in it.
  if (pieces.every(({ source }) => source === 'lookup' || source === 'knowledge-graph'))
    return { hypothesis: unsupported(text, 'it quotes only that it exists', pieces) };
  const showsTrouble = cited.some((each) => each.stands && (TROUBLE.test(each.quote) || (TROUBLE.test(each.piece.excerpt) && each.piece.source === 'event')));
  return { proposal: { title, object: owner, mechanism, evidence_ids: [...new Set(pieces.map(({ id }) => id))], showsTrouble } };
}

function causeProblem(object: ObjectRef, { pieces, cited }: { pieces: readonly Evidence[]; cited: number }, known: Known): string | undefined {
  if (cited === 0) return 'it cites no evidence of this run';
  if (pieces.length === 0) return 'what it quotes does not stand in the evidence that it cites';
  if (!known.exists(object)) return `there is no ${refLabel(object)}`;
  const owner = known.ownerOf(object);
  const concerns = pieces.some(
    (piece) => sameObject(known.ownerOf(piece.object), owner) || piece.excerpt.includes(owner.name) || piece.excerpt.includes(object.name),
  );
  return concerns ? undefined : `its evidence is not about ${refLabel(object)}`;
}

function wordProblem(text: string, pieces: readonly Evidence[], known: Known): string | undefined {
  if (RATING.test(text)) return 'it rates its own confidence, which only the computation can';
  const invented = inventedWords(text, corpusOf(pieces, known));
  return invented.length === 0 ? undefined : `nothing of this run shows ${invented.join(', ')}`;
}

/** Quoted word by word, whatever the spaces and the letters' case. */
function stands(quote: string, excerpt: string): boolean {
  const plain = (text: string): string =>
    text
      .replace(/[\s"'`]+/g, ' ')
      .trim()
      .toLowerCase();
  const wanted = plain(quote.replace(/^[.…\s]+|[.…\s]+$/g, ''));
  return wanted.length >= SHORTEST_QUOTE && plain(excerpt).includes(wanted);
}

function corpusOf(pieces: readonly Evidence[], { names, question, rootCauses, seen }: Known): { text: string; names: ReadonlySet<string> } {
  const told = pieces.map(
    ({ excerpt, object, container, collected_at: at }) => `${seen(excerpt)} ${excerpt} ${refLabel(object)} ${object.name} ${container ?? ''} ${at}`,
  );
  const causes = rootCauses.map(({ mechanism, object }) => `${mechanism} ${object.name}`);
  return { text: [...told, ...causes, question].join('\n'), names };
}

function idsIn(text: string): string[] {
  return [...new Set(text.match(/\bev-\d+\b/g) ?? [])];
}

function unsupported(text: string, reason: string, pieces: readonly Evidence[] = []): Hypothesis {
  return { text, supported: false, reason, evidence_ids: pieces.map(({ id }) => id) };
}

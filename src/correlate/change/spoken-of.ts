import type { FieldWrite } from '../../domain/kubernetes/object.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';

const SHORTEST_WORD = 3;

/** Whether the finding or its evidence names the field, the variable or key, or its value. */
export function spokenOf(candidate: Candidate, known: Known): (field: FieldWrite) => boolean {
  const pieces = candidate.evidenceIds.flatMap((id) => known.evidence(id) ?? []);
  const paths = new Set(pieces.map(({ field_path }) => field_path));
  const texts = [candidate.primary.mechanism, ...pieces.map(({ excerpt }) => excerpt), ...[candidate.object, ...candidate.via].map(({ name }) => name)];
  return ({ field, to }) => {
    const variable = /\.env\[name=([^\]]+)\]/.exec(field)?.[1] ?? /^data\.(.+)$/.exec(field)?.[1];
    const words = [variable, to].flatMap((word) => (word !== undefined && word !== null && word.length >= SHORTEST_WORD ? [word] : []));
    return paths.has(field) || words.some((word) => texts.some((text) => text.includes(word)));
  };
}

import type { EvidenceDraft } from '../domain/evidence.ts';
import type { Lookup } from '../domain/lookup.ts';
import { gapOf } from '../domain/lookup.ts';
import { nothing, type ToolAnswer } from './tool.ts';

/** A piece holds less than evidence keeps, so that every word of it can be cited. */
const PIECE = 1_800;
const MAX_PIECES = 8;

/** A long text as pieces that end at line ends; what is too much is said. */
export function inPieces(draft: EvidenceDraft, { keep = 'start' }: { keep?: 'start' | 'end' } = {}): ToolAnswer {
  const parts: string[] = [];
  let part = '';
  for (const line of draft.excerpt.split('\n').flatMap(cutLine)) {
    if (part.length + line.length + 1 > PIECE && part !== '') {
      parts.push(part);
      part = '';
    }
    part = part === '' ? line : `${part}\n${line}`;
  }
  if (part !== '') parts.push(part);
  const kept = keep === 'start' ? parts.slice(0, MAX_PIECES) : parts.slice(-MAX_PIECES);
  const cut = parts.length - kept.length;
  return {
    pieces: kept.map((excerpt) => ({ ...draft, excerpt })),
    note: cut === 0 ? null : `${cut} of ${parts.length} parts are left out: ask for less`,
  };
}

function cutLine(line: string): string[] {
  return line.length <= PIECE ? [line] : (line.match(new RegExp(`[\\s\\S]{1,${PIECE}}`, 'g')) ?? []);
}

/** What a lookup that brought nothing means, in words: only "not found" says that it does not exist. */
export function unanswered(what: string, lookup: Lookup<unknown>): ToolAnswer {
  const gap = gapOf(what, lookup);
  if (gap === undefined) return nothing(`${what}: not found`);
  return nothing(`${what}: ${gap.why.replaceAll('-', ' ')}, which does not mean that it does not exist; it needs ${gap.needs}`);
}

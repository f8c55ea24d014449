import { readSteps } from './read-steps.ts';
import { JsonPathProblem, type Part } from './template.ts';

/**
 * Reads a template as kubectl does (client-go util/jsonpath): text outside of braces, expressions inside. One without any braces is
 * taken for an expression: nobody means to print it as it is. Throws JsonPathProblem.
 */
export function readTemplate(text: string): readonly Part[] {
  if (text.trim() === '') throw new JsonPathProblem('it is empty; it is written like {.incident_id}');
  const pieces = piecesOf(text.includes('{') ? text : `{${/^[.[@$'"]/.test(text.trim()) ? text.trim() : `.${text.trim()}`}}`);
  const { parts, rest } = nested(pieces, false);
  if (rest.length > 0) throw new JsonPathProblem('there is an {end} without its {range}');
  return parts;
}

type Piece = { readonly text: string } | { readonly inside: string };

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf('{', at);
    if (open !== at) pieces.push({ text: text.slice(at, open === -1 ? undefined : open) });
    if (open === -1) break;
    const close = endOf(text, open + 1);
    pieces.push({ inside: text.slice(open + 1, close) });
    at = close + 1;
  }
  return pieces;
}

/** Where an expression ends: a brace in quotes does not end it. */
function endOf(text: string, from: number): number {
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (quote !== undefined) quote = character === quote ? undefined : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '}') return at;
  }
  throw new JsonPathProblem(`${text.slice(from - 1)} is not closed: ${quote === undefined ? '}' : quote} is missing`);
}

function nested(pieces: readonly Piece[], inRange: boolean): { parts: Part[]; rest: readonly Piece[] } {
  const parts: Part[] = [];
  let left = pieces;
  for (let piece = left[0]; piece !== undefined; piece = left[0]) {
    left = left.slice(1);
    if ('text' in piece) {
      parts.push({ kind: 'text', text: piece.text });
      continue;
    }
    const inside = piece.inside.trim();
    if (inside === 'end') {
      if (!inRange) return { parts, rest: [piece, ...left] };
      return { parts, rest: left };
    }
    const range = /^range\s+(.*)$/s.exec(inside)?.[1];
    if (range === undefined) parts.push({ kind: 'expression', steps: readSteps(inside) });
    else {
      const body = nested(left, true);
      parts.push({ kind: 'range', steps: readSteps(range), body: body.parts });
      left = body.rest;
    }
  }
  // A range that is not ended goes on to the end of the template.
  return { parts, rest: [] };
}

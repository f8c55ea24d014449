import type { ParsedText } from './parsed-text.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Reads JSON. From a damaged or cut list, those items are kept that are complete. */
export function parseJson(text: string): ParsedText {
  try {
    return { documents: [JSON.parse(text)], problem: undefined };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const items = completeItems(text);
    const problem = `it is not valid JSON (${shortReason(reason)})`;
    if (items.length === 0) return { documents: [], problem };
    return {
      documents: [{ apiVersion: apiVersionOf(text), kind: listKindOf(text), items }],
      problem: `${problem}; its ${items.length} complete items are used`,
    };
  }
}

/** Node quotes a part of the text in its message; a log or a report is no place for that. */
function shortReason(reason: string): string {
  if (/end of JSON input|Unterminated/i.test(reason)) return 'it ends in the middle';
  const position = /position (\d+)/.exec(reason)?.[1];
  return position === undefined ? 'unexpected text in it' : `at character ${position}`;
}

function listKindOf(text: string): string {
  return /"kind"\s*:\s*"([A-Za-z]*List)"/.exec(text.slice(0, 400))?.[1] ?? 'List';
}

function apiVersionOf(text: string): string | undefined {
  return /^\s*\{\s*(?:"kind"\s*:\s*"\w+"\s*,\s*)?"apiVersion"\s*:\s*"([\w./]+)"/.exec(text)?.[1];
}

/** The objects directly in the list (`[…` or `"items": […`) that are whole. One pass, no backtracking. */
function completeItems(text: string): unknown[] {
  const begin = text.trimStart()[0] === '[' ? text.indexOf('[') : itemsBegin(text);
  if (begin < 0) return [];
  const items: unknown[] = [];
  for (const [from, to] of objectsIn(text, begin + 1)) {
    try {
      items.push(JSON.parse(text.slice(from, to)));
    } catch {
      // a damaged item costs itself, not its neighbours
    }
  }
  return items;
}

function itemsBegin(text: string): number {
  const match = /"items"\s*:\s*\[/.exec(text);
  return match === null ? -1 : match.index + match[0].length - 1;
}

/** Start and end of each balanced `{…}` from `position` on, up to the end of the list. */
function* objectsIn(text: string, position: number): Generator<readonly [number, number]> {
  let depth = 0;
  let from = 0;
  let quoted = false;
  for (let index = position; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (quoted) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) quoted = false;
    } else if (code === QUOTE) {
      quoted = true;
    } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (depth === 0) from = index;
      depth++;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      depth--;
      if (depth < 0) return;
      if (depth === 0) yield [from, index + 1];
    }
  }
}

import { balancedParts } from './balanced-parts.ts';
import { jsonStream } from './json-stream.ts';
import type { ParsedText } from './parsed-text.ts';

/** Reads JSON, one document or several. From a damaged or cut list, those items are kept that are complete. */
export function parseJson(text: string): ParsedText {
  try {
    return { documents: [JSON.parse(text)], problem: undefined };
  } catch (error) {
    const documents = jsonStream(text);
    if (documents !== undefined) return { documents, problem: undefined };
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
  for (const [from, to] of balancedParts(text, begin + 1)) {
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

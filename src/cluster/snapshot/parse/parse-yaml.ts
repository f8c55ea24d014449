import { load, YAMLException } from 'js-yaml';
import { isRecord } from '../../../domain/is-record.ts';
import type { ParsedText } from './parsed-text.ts';

// kubectl writes no anchors; a file that does is not trusted to be small once its aliases are followed.
const OPTIONS = { json: true, maxAliases: 100, maxDepth: 200 };

/** Reads every YAML document by itself, so that a damaged one costs only itself; of a cut list, the complete items are kept. */
export function parseYaml(text: string): ParsedText {
  const documents: unknown[] = [];
  const problems: string[] = [];
  for (const part of text.split(/^---(?=\s|$)/m)) {
    if (isBlank(part)) continue;
    const { value, problem } = parseDocument(part);
    if (value !== undefined) documents.push(value);
    if (problem !== undefined) problems.push(problem);
  }
  return { documents, problem: problems.length === 0 ? undefined : problems.join('; ') };
}

function isBlank(part: string): boolean {
  return !/^(?!\s*(?:#|\.\.\.|%|$))/m.test(part);
}

function parseDocument(text: string): { value?: unknown; problem?: string } {
  try {
    return withoutCutItem(load(text, OPTIONS));
  } catch (error) {
    const where = error instanceof YAMLException && error.mark !== undefined ? ` at line ${error.mark.line + 1}` : '';
    const problem = `it is not valid YAML${where}`;
    const value = completeItems(text);
    return value === undefined ? { problem } : { value, problem: `${problem}; its ${value.items.length} complete items are used` };
  }
}

/** kubectl sorts keys: in a list, `kind` follows `items`. Without it the text was cut, and its last item with it. */
function withoutCutItem(value: unknown): { value: unknown; problem?: string } {
  if (!isRecord(value) || !Array.isArray(value.items) || value.kind !== undefined) return { value };
  const items = value.items.slice(0, -1);
  return { value: { ...value, kind: 'List', items }, problem: `it ends in the middle; its ${items.length} complete items are used` };
}

/** Cuts the text back to where its last item begins, twice at most: the damage is near the end, or it is not a cut. */
function completeItems(text: string): { items: unknown[] } | undefined {
  const starts = [...text.matchAll(/^ {0,2}- (?=apiVersion:|kind:|metadata:)/gm)].map(({ index }) => index);
  for (const start of starts.slice(-2).reverse()) {
    try {
      const value = load(text.slice(0, start), OPTIONS);
      if (isRecord(value) && Array.isArray(value.items)) return Object.assign(value, { kind: 'List', items: value.items });
    } catch {
      // cut back further
    }
  }
  return undefined;
}

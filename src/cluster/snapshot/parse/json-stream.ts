import { balancedParts } from './balanced-parts.ts';

const LOG = /^==== START logs for container [^\n]*\n[\s\S]*?^==== END logs for container [^\n]*$/gm;

/**
 * The documents of a text that holds several, one after the other: outputs of `kubectl get -o json` put together, or what
 * `kubectl cluster-info dump` writes to a terminal, logs between them. Undefined: it is no such text, or ends within a document.
 */
export function jsonStream(text: string): readonly unknown[] | undefined {
  const documents: unknown[] = [];
  const bare = text.replace(LOG, '');
  let end = 0;
  for (const [from, to] of balancedParts(bare, 0)) {
    try {
      documents.push(JSON.parse(bare.slice(from, to)));
      end = to;
    } catch {
      return undefined;
    }
  }
  return documents.length === 0 || /[{[]/.test(bare.slice(end)) ? undefined : documents;
}

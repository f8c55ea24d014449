interface FoundJson {
  readonly value: unknown;
  readonly from: number;
  readonly to: number;
}

const MAX_STARTS = 50;

/** The first JSON object or list in a text, whatever stands around it: prose, code fences. */
export function jsonIn(text: string): FoundJson | undefined {
  let tries = 0;
  for (let from = text.search(/[{[]/); from >= 0 && tries < MAX_STARTS; tries += 1) {
    const to = endOf(text, from);
    const value = to === undefined ? undefined : parsed(text.slice(from, to));
    if (to !== undefined && value !== undefined) return { value, from, to };
    const next = text.slice(from + 1).search(/[{[]/);
    from = next < 0 ? -1 : from + 1 + next;
  }
  return undefined;
}

/** Behind the bracket that closes the one at `from`. */
function endOf(text: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign === '\\') at += 1;
      else if (sign === '"') quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === '{' || sign === '[') depth += 1;
    else if (sign === '}' || sign === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}

function parsed(text: string): unknown {
  for (const each of [text, text.replace(/,\s*([}\]])/g, '$1')]) {
    try {
      return JSON.parse(each);
    } catch {
      // A trailing comma is mended, nothing else is guessed at.
    }
  }
  return undefined;
}

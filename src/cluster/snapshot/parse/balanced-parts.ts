const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** Start and end of each balanced `{…}` from `position` on, up to the end of the list. */
export function* balancedParts(text: string, position: number): Generator<readonly [number, number]> {
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

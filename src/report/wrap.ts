/** Letters of Latin scripts, and the marks, arrows and lines that reports are drawn with: one cell each, as they stand. */
const NARROW = /^[\u0020-\u02ff\u2010-\u2027\u2190-\u21ff\u2260-\u2265\u2500-\u257f]*$/;
/** Characters that take two cells: East Asian Wide and Fullwidth (Unicode TR 11), and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const ZERO = /^\p{Mark}+$/u;

/** How many cells of a terminal a printable text takes. */
export function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const segment of graphemesOf(text)) width += WIDE.test(segment) ? 2 : ZERO.test(segment) ? 0 : 1;
  return width;
}

function* graphemesOf(text: string): Generator<string> {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(text)) yield segment;
}

/** Made for the first text that needs it: its data takes longer to load than most reports to print. */
let segmenter: Intl.Segmenter | undefined;

/** The text with spaces at which no line is broken; the page writes them as plain ones. */
export function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** Breaks a text into lines of at most `width` cells, at spaces where it can, inside a word where it must. Line breaks in it stay. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(8, width)));
}

function wrapLine(line: string, width: number): string[] {
  const lines: string[] = [];
  const indent = /^ */.exec(line)?.[0].slice(0, Math.floor(width / 2)) ?? '';
  let current = indent;
  for (const word of line.trim().split(/ +/)) {
    const joined = current === indent ? current + word : `${current} ${word}`;
    if (displayWidth(joined) <= width) {
      current = joined;
      continue;
    }
    if (current !== indent) lines.push(current);
    const pieces = cut(word, width - indent.length);
    lines.push(...pieces.slice(0, -1).map((piece) => indent + piece));
    current = indent + (pieces.at(-1) ?? '');
  }
  return [...lines, current.trimEnd()];
}

/** Breaks a command into lines that can still be pasted: at spaces only, with a backslash at the end of each line but the last. */
export function wrapCommand(command: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of command.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    // Inside quotes a line break would be part of the argument.
    if (current !== '' && displayWidth(joined) > width - 2 && !isInQuotes([...lines, current].join(''))) {
      lines.push(`${current} \\`);
      current = `  ${word}`;
    } else {
      current = joined;
    }
  }
  return [...lines, current];
}

function isInQuotes(text: string): boolean {
  return (text.split("'").length - 1) % 2 === 1 || (text.split('"').length - 1) % 2 === 1;
}

/** Puts parts on lines of at most `width` cells without breaking one. */
export function wrapParts(parts: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1)}${separator}${part}`;
    if (lines.length > 0 && displayWidth(joined) <= width) lines[lines.length - 1] = joined;
    else lines.push(part);
  }
  return lines;
}

/** A word in pieces of at most `width` cells. */
function cut(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces = [''];
  for (const segment of graphemesOf(word)) {
    const last = pieces.length - 1;
    if (displayWidth(`${pieces[last]}${segment}`) <= width) pieces[last] += segment;
    else pieces.push(segment);
  }
  return pieces;
}

/** The text cut to `width` cells, with an ellipsis where something is left out. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  return `${(cut(text, Math.max(1, width - 1))[0] ?? '').trimEnd()}…`;
}

import { displayWidth } from './wrap.ts';

/**
 * Breaks lines that are wider than the screen at spaces, which a terminal does within words. What follows hangs below the
 * line's text. Commands stay whole, to be pasted; so do lines with escape sequences.
 */
export function folded(text: string, width: number): string {
  return text
    .split('\n')
    .map((line) => (displayWidth(line) <= width || isWhole(line) ? line : foldLine(line, width)))
    .join('\n');
}

function isWhole(line: string): boolean {
  return line.includes('\u001b') || /^ *(?:\$ |kubectl )/.test(line);
}

function foldLine(line: string, width: number): string {
  // Behind a label that is padded ("ok    cluster: …") the text hangs at its column, else a little deeper than the line.
  const label = /^\S+ {2,}/.exec(line)?.[0].length;
  const indent = ' '.repeat(Math.min(label ?? (/^ */.exec(line)?.[0].length ?? 0) + 2, Math.floor(width / 2)));
  const lines: string[] = [];
  let rest = line;
  while (displayWidth(rest) > width) {
    const end = lastBreak(rest, width, lines.length === 0 ? (label ?? 0) : indent.length);
    if (end === undefined) break;
    lines.push(rest.slice(0, end).trimEnd());
    rest = `${indent}${rest.slice(end).trimStart()}`;
  }
  return [...lines, rest].join('\n');
}

/** The last space at which the front fits; the first at all where none does. Undefined where there is none. */
function lastBreak(line: string, width: number, from: number): number | undefined {
  const spaces = [...line.matchAll(/(?<=\S) +(?=\S)/g)].map(({ index }) => index).filter((index) => index >= from);
  return spaces.findLast((index) => displayWidth(line.slice(0, index)) <= width) ?? spaces[0];
}

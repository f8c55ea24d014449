import { printableLine } from '../printable.ts';

/**
 * A text that may come from anybody, as prose on one line: its punctuation is shown, and makes no markup, HTML, table cell, link,
 * mention (@team) or issue reference (#1) of it. CommonMark 2.4 lets every ASCII punctuation be escaped by a backslash; GitHub's
 * mentions, references and bare links do not heed that, and are broken by an invisible word joiner.
 */
export function prose(text: string): string {
  return printableLine(text)
    .replace(/[\\`*_[\]<>#|~$&]/g, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/^[-+=](?=\s|[-=]|$)/, '\\$&')
    .replace(/@(?=\w)/g, '@\u2060')
    .replace(/\\#(?=\d)/g, '\\#\u2060')
    .replace(/\b(https?|ftp):\/\//gi, '$1:\u2060//')
    .replace(/\bwww\./gi, (www) => `${www.slice(0, 3)}\u2060.`);
}

/** Inline code that holds any text: fenced by one backtick more than it has in a row; a pipe would end a table cell. */
export function code(text: string): string {
  const line = printableLine(text);
  const fence = '`'.repeat(longestRun(line) + 1);
  const padded = line.startsWith('`') || line.endsWith('`') ? ` ${line} ` : line;
  return line === '' ? '' : `${fence}${padded}${fence}`;
}

/** A fenced block that no text can close. */
export function codeBlock(text: string, language = 'text'): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}

import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** Every page that somebody reads. */
export const PAGES: readonly string[] = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'deploy/**/*.md', 'test/scenarios/README.md'], {
  cwd: ROOT,
}).sort();
/** Written by `npm run docs` from what they tell of. */
export const GENERATED: readonly string[] = ['docs/cli.md', 'docs/errors.md', 'docs/coverage.md', 'docs/facts.md'];

/** A fenced block; `words`: what stands behind its language. */
export interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly words: readonly string[];
  readonly text: string;
}

const FENCE = /^( *)(```+|~~~+)([^\n]*)\n(.*?)^\1\2[ \t]*$/gms;

export const textOf = (page: string): string => readFileSync(join(ROOT, page), 'utf8');
export const placeOf = ({ page, line }: Pick<Block, 'page' | 'line'>): string => `${page}:${line}`;

export function blocksOf(page: string): Block[] {
  const text = textOf(page);
  return [...text.matchAll(FENCE)].map(({ index, 1: indent = '', 3: info = '', 4: body = '' }) => {
    const [language = '', ...words] = info.trim().split(/\s+/);
    return { page, line: lineAt(text, index), language, words, text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), '') };
  });
}

/** What stands between single backticks. */
export function inlineCodeOf(page: string): { readonly page: string; readonly line: number; readonly text: string }[] {
  const text = textOf(page);
  const prose = text.replace(FENCE, (block) => block.replace(/[^\n]/g, ' '));
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(({ index, 1: code = '' }) => ({ page, line: lineAt(text, index), text: code }));
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

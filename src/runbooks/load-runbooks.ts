import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { coded } from '../errors/coded-error.ts';
import { frontMatterSchema, type Runbook, type RunbookSection } from './runbook.ts';

const MAX_FILES = 1_000;
const MAX_BYTES = 512 * 1024;

/** All runbooks of a folder, and what is wrong with those that cannot be used; the others work. FILE_UNREADABLE where there is no such folder. */
export async function loadRunbooks(folder: string): Promise<{ runbooks: readonly Runbook[]; problems: readonly string[] }> {
  const paths = await markdownIn(folder);
  const problems: string[] = paths.length > MAX_FILES ? [`only the first ${MAX_FILES} of ${paths.length} files are read`] : [];
  const runbooks: Runbook[] = [];
  for (const path of paths.slice(0, MAX_FILES)) {
    const file = join(folder, path);
    if ((await stat(file)).size > MAX_BYTES) problems.push(`${path}: it is larger than ${MAX_BYTES / 1024} KiB`);
    else {
      const parsed = parseRunbook(await readFile(file, 'utf8'), path);
      if (typeof parsed === 'string') problems.push(`${path}: ${parsed}`);
      else runbooks.push(parsed);
    }
  }
  return { runbooks, problems };
}

async function markdownIn(folder: string): Promise<string[]> {
  try {
    const all = await readdir(folder, { recursive: true });
    return all.filter((path) => path.endsWith('.md') && !/(^|\/)README\.md$/i.test(path)).sort();
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path: folder, reason: (error as Error).message }, { cause: error });
  }
}

/** The runbook, or what is wrong with it. */
export function parseRunbook(text: string, path: string): Runbook | string {
  const [, head, body] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) return 'it has no front matter: name, description, causes, kinds between lines of ---';
  let values: unknown;
  try {
    values = load(head);
  } catch (error) {
    return `its front matter is no YAML: ${(error as Error).message.split('\n')[0]}`;
  }
  const parsed = frontMatterSchema.safeParse(values);
  if (!parsed.success) return parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'front matter'}: ${message}`).join('; ');
  return { ...parsed.data, path, sections: sectionsOf(body) };
}

/** Split at headings of the first three levels. */
function sectionsOf(body: string): RunbookSection[] {
  const sections: { title: string | null; lines: string[] }[] = [{ title: null, lines: [] }];
  let fenced = false;
  for (const line of body.split(/\r?\n/)) {
    if (line.startsWith('```')) fenced = !fenced;
    const title = fenced ? undefined : /^#{1,3} +(.+?) *#*$/.exec(line)?.[1];
    if (title === undefined) sections.at(-1)?.lines.push(line);
    else sections.push({ title, lines: [] });
  }
  return sections.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() })).filter(({ text }) => text !== '');
}

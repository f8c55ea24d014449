import { readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { isMap, parseDocument } from 'yaml';
import { coded } from '../errors/coded-error.ts';
import { makeFolder } from './make-folder.ts';

/** The text with the value at a path set, or removed where it is undefined. Comments and order stay. Throws FILE_UNREADABLE for what is no YAML map. */
export function withSetting(text: string, path: readonly string[], value: string | undefined, file: string): string {
  const document = parseDocument(text);
  const [problem] = document.errors;
  if (problem) throw coded('FILE_UNREADABLE', { path: file, reason: problem.message.split('\n')[0] ?? '' }, { cause: problem });
  if (document.contents !== null && !isMap(document.contents))
    throw coded('FILE_UNREADABLE', { path: file, reason: 'it holds no settings, but something else' });
  // Nothing can be taken out of an empty file.
  if (value === undefined && document.contents === null) return text;
  if (value === undefined) document.deleteIn(path);
  else document.setIn(path, value);
  // A map that nothing is left in would be written as {}.
  const above = path.slice(0, -1);
  for (let depth = above.length; depth > 0; depth -= 1) {
    const map = document.getIn(above.slice(0, depth));
    if (isMap(map) && map.items.length === 0) document.deleteIn(above.slice(0, depth));
  }
  if (!isMap(document.contents) || document.contents.items.length > 0) return document.toString();
  const { commentBefore } = document;
  return commentBefore ? `#${commentBefore.replaceAll('\n', '\n#')}\n` : '';
}

/** The file's text, empty where there is none. */
export async function readConfigText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

/** Writes the file as a whole, for its owner only: it may name servers and people. */
export async function writeConfigText(path: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(resolve(path)));
    await writeFile(`${path}.new`, text, { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch (error) {
    throw coded('FILE_UNWRITABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

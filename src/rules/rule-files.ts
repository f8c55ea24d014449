import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { coded } from '../errors/coded-error.ts';
import type { RuleFile } from './load/load-rules.ts';

/** The rule files of a directory, or one file of rules, in order of their names. `layer` as in RuleFile. */
export async function readRuleFiles(path: string, layer = 0): Promise<readonly RuleFile[]> {
  const files = await ruleFilesIn(path);
  return Promise.all(files.map(async (file) => ({ path: file, text: await readText(file), layer })));
}

async function ruleFilesIn(path: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
      .map((entry) => join(path, entry.name))
      .sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOTDIR' && /\.ya?ml$/.test(basename(path))) return [join(dirname(path), basename(path))];
    if (code === 'ENOENT' || code === 'ENOTDIR') throw coded('RULES_DIRECTORY_NOT_FOUND', { path }, { cause: error });
    throw unreadable(path, error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): Error {
  return coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
}

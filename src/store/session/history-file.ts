import { appendFileSync, chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { makeFolder } from '../../config/make-folder.ts';

const KEPT = 10_000;
/** Grown by this many lines, the file is cut again. */
const SLACK = 2_000;
/** What is longer was pasted: it is remembered while the session goes on, and not kept. */
const LONGEST = 8_000;

/** Lines that were said, over all sessions: a JSON string a line, so that a line may hold several. For its owner only. */
export class HistoryFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** The oldest first; empty where there is no file. Throws what the file system throws otherwise. */
  load(): string[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    const entries = text.split('\n').flatMap((line) => entryOf(line) ?? []);
    if (entries.length > KEPT + SLACK) this.#rewrite(entries.slice(-KEPT));
    return entries.slice(-KEPT);
  }

  /** Makes the file, so that it is known whether it can be written. Throws what the file system throws. */
  prepare(): void {
    makeFolder(dirname(resolve(this.#path)));
    appendFileSync(this.#path, '', { mode: 0o600 });
    chmodSync(this.#path, 0o600);
  }

  /** Other sessions append to the same file: a line is one write. */
  add(entry: string): void {
    if (entry.length > LONGEST) return;
    appendFileSync(this.#path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  }

  #rewrite(entries: readonly string[]): void {
    writeFileSync(`${this.#path}.new`, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
    renameSync(`${this.#path}.new`, this.#path);
  }
}

function entryOf(line: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'string' && entry !== '' ? entry : undefined;
  } catch {
    return undefined;
  }
}

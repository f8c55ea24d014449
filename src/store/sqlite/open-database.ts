import { renameSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeFolder } from '../../config/make-folder.ts';
import { coded } from '../../errors/coded-error.ts';
import { migrate } from './migrations.ts';
import { isBusy, isCorrupt, storeError } from './store-error.ts';

const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

export interface OpenedDatabase {
  readonly database: DatabaseSync;
  readonly notices: readonly string[];
}

/**
 * Opens (and makes) the database: WAL, every commit on disk before it returns, five seconds of patience with other processes.
 * A file that is no sound database is renamed, never deleted, and a new one begun.
 */
export function openDatabase(path: string, now: Date): OpenedDatabase {
  try {
    makeFolder(dirname(resolve(path)));
  } catch (error) {
    throw coded('STORE_UNAVAILABLE', { path, reason: reasonOf(error) }, { cause: error });
  }
  try {
    return { database: connectPatiently(path), notices: [] };
  } catch (error) {
    if (!isCorrupt(error)) throw storeError(path, error);
    const aside = `${path}.corrupt-${now.toISOString().replace(/[:.]/g, '-')}`;
    for (const suffix of ['', '-wal', '-shm']) moveAside(path + suffix, aside + suffix);
    return { database: connect(path), notices: [`The store was damaged. It is kept as ${aside}; a new one was begun.`] };
  }
}

/**
 * Processes that begin one store together meet while the journal mode is changed: there SQLite answers "busy" at once and
 * does not wait as busy_timeout asks (https://www.sqlite.org/wal.html, "Sometimes Queries Return SQLITE_BUSY In WAL Mode").
 */
function connectPatiently(path: string): DatabaseSync {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return connect(path);
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

function connect(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { enableForeignKeyConstraints: true });
  try {
    // Who is locked out here is tried again, until the patience is over.
    database.exec('PRAGMA busy_timeout = 500; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    migrate(database);
    // Damage deep in the file shows when the list is read; find it now, while it can be put aside.
    database.prepare('SELECT count(*) FROM incidents').get();
    database.exec(`PRAGMA busy_timeout = ${PATIENCE_MS}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function moveAside(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

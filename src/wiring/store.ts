import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../commands/context.ts';
import { dataDirectory } from '../config/directories.ts';
import type { Settings } from '../config/settings.ts';
import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { Owner } from '../store/owner.ts';
import type { SqliteRepository } from '../store/sqlite/sqlite-repository.ts';

/** The store of the data directory; its notices go to the screen. */
export async function openSqlite(settings: Settings, output: Output): Promise<SqliteRepository> {
  const folder = settings.dataDir ?? dataDirectory(process.env);
  if (folder === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'there is no home folder' });
  const sqlite = await import('../store/sqlite/sqlite-repository.ts');
  const store = new sqlite.SqliteRepository({ path: join(folder, 'incidents.db'), owner: owner(), now: new Date() });
  for (const notice of store.notices) output.err(`note: ${notice}\n`);
  return store;
}

/** The store, or undefined where an investigation can go on without one and says so. */
export async function openStoreOr(
  openStore: () => Promise<IncidentRepository>,
  onError: ((error: CodedError) => void) | undefined,
): Promise<IncidentRepository | undefined> {
  try {
    return await openStore();
  } catch (error) {
    if (onError === undefined) throw error;
    onError(asCoded(error));
    return undefined;
  }
}

/** Who holds what this process works on. */
export function owner(): Owner {
  return { host: hostname(), pid: process.pid };
}

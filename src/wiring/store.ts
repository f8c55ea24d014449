import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Output } from '../commands/context.ts';
import { dataDirectory } from '../config/directories.ts';
import type { Settings } from '../config/settings.ts';
import { asCoded, type CodedError, coded } from '../errors/coded-error.ts';
import { program } from '../shipped-files.ts';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { Outbox } from '../store/outbox.ts';
import { type Owner, ownerToken } from '../store/owner.ts';
import type { RecordRepository } from '../store/record-repository.ts';
import type { Retention } from '../store/retention.ts';
import type { SharedAnswers } from '../store/shared-answers.ts';
import type { StoreChanges } from '../store/store-changes.ts';
import type { VectorStore } from '../store/vector-store.ts';
import { insecureHostsOf } from './model.ts';

/** What a server keeps, in one place. */
export interface ServedStore {
  readonly incidents: IncidentRepository;
  readonly queue: JobQueue;
  readonly retention: Retention;
  readonly outbox: Outbox;
  readonly records: RecordRepository;
  /** undefined: no other machine shares the store. */
  readonly changes: StoreChanges | undefined;
  readonly sharedAnswers: SharedAnswers | undefined;
}

interface ServedOptions {
  readonly leaseMs: number;
  readonly answers: boolean;
}

/** An open store. What only servers need of it is loaded when it is asked for. */
export interface OpenedStore extends AsyncDisposable {
  readonly incidents: IncidentRepository & VectorStore;
  openKeys(): Promise<ApiKeyRepository>;
  /** `answers`: a server does, and nobody there waits for the disk. */
  openServed(options: ServedOptions): Promise<ServedStore>;
}

/** The store of the settings; its notices go to the screen. */
export async function openStoreOf(settings: Settings, output: Output): Promise<OpenedStore> {
  const { store } = settings;
  const opened = /^postgres(ql)?:/.test(store ?? '') ? await openPostgres(store ?? '', settings) : await openSqlite(pathOf(settings));
  for (const notice of opened.incidents.notices) output.err(`note: ${notice}\n`);
  return opened;
}

function pathOf({ store, dataDir }: Settings): string {
  if (store !== undefined) {
    const [, path = ''] = /^sqlite:(.+)$/.exec(store) ?? [];
    if (path === '') throw coded('SETTINGS_INVALID', { problems: ['--store: sqlite:PATH or postgres://user@host/database is needed'] });
    return path;
  }
  const folder = dataDir ?? dataDirectory(process.env);
  if (folder === undefined) throw coded('STORE_UNAVAILABLE', { path: '(none)', reason: 'there is no home folder' });
  return join(folder, 'incidents.db');
}

/** No other machine shares an embedded store. */
const ALONE = { changes: undefined, sharedAnswers: undefined };

async function openSqlite(path: string): Promise<OpenedStore> {
  const { SqliteRepository } = await import('../store/sqlite/sqlite-repository.ts');
  const incidents = new SqliteRepository({ path, owner: owner(), now: new Date() });
  let writer: AsyncDisposable | undefined;
  return {
    incidents,
    openKeys: async () => new (await import('../store/sqlite/sqlite-api-keys.ts')).SqliteApiKeys(incidents.connection),
    async openServed({ answers }) {
      const parts = (await import('../store/sqlite/sqlite-parts.ts')).sqliteParts(incidents, owner());
      if (!answers) return { ...parts, ...ALONE };
      const { StoreWriter } = await import('../store/sqlite/writer/store-writer.ts');
      const thread = new StoreWriter(program('store-thread'), { path, owner: owner() });
      writer = thread;
      return { ...thread.writing(parts), ...ALONE };
    },
    async [Symbol.asyncDispose]() {
      await writer?.[Symbol.asyncDispose]();
      await incidents[Symbol.asyncDispose]();
    },
  };
}

async function openPostgres(url: string, settings: Settings): Promise<OpenedStore> {
  const [{ postgresAddress }, { PostgresDatabase }, { PostgresRepository }] = await Promise.all([
    import('../store/postgres/postgres-address.ts'),
    import('../store/postgres/postgres-database.ts'),
    import('../store/postgres/postgres-repository.ts'),
  ]);
  const database = await PostgresDatabase.open(postgresAddress(url, insecureHostsOf(settings)));
  const incidents = new PostgresRepository(database, owner());
  return {
    incidents,
    openKeys: async () => new (await import('../store/postgres/postgres-api-keys.ts')).PostgresApiKeys(database),
    async openServed({ leaseMs }) {
      const [{ PostgresJobs }, { PostgresRetention }, { PostgresOutbox }, { PostgresChanges }, { PostgresRecords }, { PostgresAnswers }] = await Promise.all([
        import('../store/postgres/postgres-jobs.ts'),
        import('../store/postgres/postgres-retention.ts'),
        import('../store/postgres/postgres-outbox.ts'),
        import('../store/postgres/postgres-changes.ts'),
        import('../store/postgres/postgres-records.ts'),
        import('../store/postgres/postgres-answers.ts'),
      ]);
      return {
        incidents,
        queue: new PostgresJobs(database, ownerToken(owner()), leaseMs),
        retention: new PostgresRetention(database),
        outbox: new PostgresOutbox(database),
        records: new PostgresRecords(database),
        changes: new PostgresChanges(database.config),
        sharedAnswers: new PostgresAnswers(database),
      };
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
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
function owner(): Owner {
  return { host: hostname(), pid: process.pid };
}

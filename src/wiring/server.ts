import type { ServedParts } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import type { ThreadData } from '../server/threads/messages.ts';
import { ThreadPool } from '../server/threads/thread-pool.ts';
import { program } from '../shipped-files.ts';
import type { ApiKeyRepository } from '../store/api-key-repository.ts';
import type { Owner } from '../store/owner.ts';
import { SqliteApiKeys } from '../store/sqlite/sqlite-api-keys.ts';
import { SqliteJobs } from '../store/sqlite/sqlite-jobs.ts';
import type { SqliteRepository } from '../store/sqlite/sqlite-repository.ts';
import { openSignIn } from './sign-in.ts';

export interface ServerWiring extends ThreadData {
  readonly store: SqliteRepository;
  readonly owner: Owner;
  readonly settings: Settings;
}

export function keysOf(store: SqliteRepository): ApiKeyRepository {
  return new SqliteApiKeys(store.connection);
}

/** What a server serves from; each thread wires an engine of its own, from the same flags. */
export async function openServerParts({ store, owner, settings, flags, snapshot }: ServerWiring): Promise<ServedParts> {
  const keys = keysOf(store);
  const signIn = await openSignIn(settings, keys, undefined);
  const threads = new ThreadPool(program('investigation-thread'), { flags, snapshot });
  return {
    store,
    queue: new SqliteJobs(store.connection, owner),
    keys,
    signIn,
    investigate: (request, signal) => threads.investigate(request, signal),
    [Symbol.asyncDispose]: () => threads.close(),
  };
}

import type { ServedParts } from '../commands/context.ts';
import type { SettingName, Settings } from '../config/settings.ts';
import { DeskThread } from '../server/threads/desk-thread.ts';
import { ThreadPool } from '../server/threads/thread-pool.ts';
import { program } from '../shipped-files.ts';
import { spareMemory } from './heap-flags.ts';
import { openSessions, openSignIn } from './sign-in.ts';
import type { OpenedStore } from './store.ts';
import { surroundingsOf } from './surroundings.ts';
import { openWebhooks } from './webhooks.ts';

export interface ServerWiring {
  readonly store: OpenedStore;
  readonly settings: Settings;
  readonly configPath: string | undefined;
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
  readonly snapshot?: string;
  readonly leaseMs: number;
}

/** What a server serves from; each thread wires an engine of its own, from the same flags. */
export async function openServerParts({ store, settings, configPath, flags, snapshot, leaseMs }: ServerWiring): Promise<ServedParts> {
  // For its threads, too: they are of the same process.
  spareMemory('server');
  const [keys, served] = await Promise.all([store.openKeys(), store.openServed({ leaseMs, answers: true })]);
  const { incidents, ...beside } = served;
  const signIn = await openSignIn(settings, keys);
  const threads = new ThreadPool(program('investigation-thread'), { flags, snapshot });
  const desk = new DeskThread(program('investigation-thread'), { flags, snapshot });
  return {
    ...beside,
    store: incidents,
    keys,
    signIn,
    webhooks: await openWebhooks(settings),
    sessions: await openSessions(settings, keys, signIn),
    investigate: (request, signal) => threads.investigate(request, signal),
    askOn: settings.llmBaseUrl === undefined && settings.llmModel === undefined ? undefined : (...asked) => threads.askOn(...asked),
    looks: surroundingsOf({ settings, configPath, desk }),
    desk,
    async [Symbol.asyncDispose]() {
      await Promise.all([threads.close(), desk[Symbol.asyncDispose]()]);
      await served.changes?.[Symbol.asyncDispose]();
    },
  };
}

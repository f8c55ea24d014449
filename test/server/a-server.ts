import { mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type KeyWish, newApiKey } from '../../src/auth/api-key.ts';
import { Sessions } from '../../src/auth/sessions.ts';
import { type SignInOptions, signInBy } from '../../src/auth/sign-in.ts';
import type { LocalEngine } from '../../src/client/local.ts';
import { RateLimit } from '../../src/http/rate-limit.ts';
import { openLog } from '../../src/log/open-log.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { withMoments } from '../../src/server/alerts/moments.ts';
import { KeptAnswers } from '../../src/server/answers/kept-answers.ts';
import { buildServer } from '../../src/server/build-server.ts';
import { JobRunner } from '../../src/server/jobs/job-runner.ts';
import { ServerMetrics } from '../../src/server/metrics.ts';
import { OpenStreams } from '../../src/server/open-streams.ts';
import { type Limits, limitsOf } from '../../src/server/server-limits.ts';
import { type LookAt, Surroundings } from '../../src/server/surroundings.ts';
import type { AskOn } from '../../src/server/threads/thread-pool.ts';
import { WakeUps } from '../../src/server/wake-ups.ts';
import type { SharedAnswers } from '../../src/store/shared-answers.ts';
import { SqliteApiKeys } from '../../src/store/sqlite/sqlite-api-keys.ts';
import { SqliteJobs } from '../../src/store/sqlite/sqlite-jobs.ts';
import { SqliteRecords } from '../../src/store/sqlite/sqlite-records.ts';
import { SqliteRepository } from '../../src/store/sqlite/sqlite-repository.ts';
import { atOnce } from '../fixtures/engines.ts';
import { aDesk } from './a-desk.ts';

export interface AServer extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly store: SqliteRepository;
  readonly keys: SqliteApiKeys;
  readonly records: SqliteRecords;
  /** A new key, as it is sent. */
  key(wish?: Partial<KeyWish>): string;
  revoke(key: string): void;
}

export interface AServerOptions {
  readonly investigate?: LocalEngine['investigate'];
  readonly byKeys?: boolean;
  readonly refusals?: number;
  readonly limits?: Partial<Limits>;
  readonly origins?: readonly string[];
  readonly identify?: SignInOptions['identify'];
  readonly access?: SignInOptions['access'];
  readonly atOnce?: number;
  readonly maxWaiting?: number;
  readonly askOn?: AskOn;
  readonly looks?: Readonly<Record<string, LookAt>>;
  readonly sharedAnswers?: SharedAnswers;
}

/** All of a server but its port, over a store in a folder of its own. */
export function aServer({
  investigate = atOnce,
  byKeys = false,
  identify = [],
  access = [],
  refusals = 10_000,
  limits = {},
  origins = [],
  atOnce: running = 2,
  maxWaiting = 10,
  askOn,
  looks = {},
  sharedAnswers,
}: AServerOptions = {}): AServer {
  const folder = mkdtempSync(join(tmpdir(), 'server-'));
  const owner = { host: hostname(), pid: process.pid };
  const store = new SqliteRepository({ path: join(folder, 'incidents.db'), owner, now: new Date() });
  const [queue, keys] = [new SqliteJobs(store.connection, owner), new SqliteApiKeys(store.connection)];
  const records = new SqliteRecords(store.connection);
  const now = (): Date => new Date();
  const [wakeUps, closing, log] = [new WakeUps(), new AbortController(), openLog('test', '0')];
  Object.assign(log, { level: 'silent' });
  const signIn = signInBy({ keys, identify, access });
  const [metrics, sessions] = [new ServerMetrics(), new Sessions(keys, { signIn })];
  const runner = new JobRunner({ queue, store, investigate: withMoments(metrics.watching(investigate), records), atOnce: running, wakeUps, log, now });
  let last = 0;
  const newIncidentId = (): string => `inc-${String(++last).padStart(10, '0')}`;
  const parts = {
    store,
    queue,
    records,
    runner,
    wakeUps,
    log,
    now,
    newIncidentId,
    redact: createRedactor().text,
    maxWaiting,
    streams: new OpenStreams(10),
    metrics,
    sessions: byKeys ? sessions : undefined,
    isTls: false,
    supposing: new OpenStreams(2),
    investigate,
    askOn,
    answers: new KeptAnswers({ wakeUps, log, shared: sharedAnswers }),
    surroundings: new Surroundings(looks),
    desk: aDesk(),
    version: '0',
  };
  const app = buildServer({
    parts: { ...parts, leaving: closing.signal, closing: closing.signal },
    admission: byKeys ? { by: 'token', signIn, sessions } : { by: 'everybody' },
    limits: { ...limitsOf(10_000), refusals: new RateLimit({ perSecond: refusals, burst: refusals }), ...limits },
    origins,
  });
  const started = runner.start();
  return {
    app,
    store,
    keys,
    records,
    key: ({ name = 'somebody', role = 'admin', namespaces = null } = {}) => {
      const { key, stored } = newApiKey({ name, role, namespaces }, now());
      // Within this call: the store is embedded.
      void keys.add(stored);
      return key;
    },
    revoke: (key) => void keys.revoke(key.split('_')[1] ?? '', now().toISOString()),
    async [Symbol.asyncDispose]() {
      closing.abort();
      await started;
      await runner.stop(0);
      await app.close();
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

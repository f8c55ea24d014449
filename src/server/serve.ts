import type { Server } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalEngine } from '../client/local.ts';
import { aborted, listen } from '../http/listen.ts';
import type { TlsFiles } from '../http/tls-files.ts';
import { openLog } from '../log/open-log.ts';
import { Postman } from '../notify/postman.ts';
import type { Webhook } from '../notify/webhooks.ts';
import type { IncidentRepository } from '../store/incident-repository.ts';
import type { JobQueue } from '../store/job-queue.ts';
import type { Outbox } from '../store/outbox.ts';
import type { RecordRepository } from '../store/record-repository.ts';
import type { Retention } from '../store/retention.ts';
import type { SharedAnswers } from '../store/shared-answers.ts';
import type { StoreChanges } from '../store/store-changes.ts';
import type { Tracing } from '../trace/tracing.ts';
import { withMoments } from './alerts/moments.ts';
import { KeptAnswers } from './answers/kept-answers.ts';
import { buildServer } from './build-server.ts';
import { keepHouse } from './jobs/housekeeping.ts';
import { JobRunner } from './jobs/job-runner.ts';
import type { Admission } from './let-in.ts';
import { ServerMetrics } from './metrics.ts';
import { OpenStreams } from './open-streams.ts';
import { limitsOf } from './server-limits.ts';
import { type LookAt, Surroundings } from './surroundings.ts';
import type { ClusterDesk } from './threads/cluster-desk.ts';
import type { AskOn } from './threads/thread-pool.ts';
import { WakeUps } from './wake-ups.ts';

/** Of an answer that is cut short: to say so to whoever listens. */
const ENDING_MS = 2_000;

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
  readonly admission: Admission;
  readonly store: IncidentRepository;
  readonly queue: JobQueue;
  readonly records: RecordRepository;
  readonly retention: Retention;
  readonly outbox: Outbox;
  /** Who is told of incidents that ended. */
  readonly webhooks: readonly Webhook[];
  /** What other processes tell of the store; undefined where they share none. */
  readonly changes: StoreChanges | undefined;
  /** Where other processes find what is told here; undefined where they share no store. */
  readonly sharedAnswers: SharedAnswers | undefined;
  /** How long an incident is kept after its end, and how much is kept; undefined: all. */
  readonly keepMs: number | undefined;
  readonly maxBytes: number | undefined;
  readonly beatMs: number;
  readonly investigate: LocalEngine['investigate'];
  readonly askOn: AskOn | undefined;
  readonly looks: Readonly<Record<string, LookAt>>;
  readonly desk: ClusterDesk;
  readonly atOnce: number;
  readonly maxWaiting: number;
  readonly maxStreams: number;
  /** Of one caller. */
  readonly requestsPerSecond: number;
  /** Origins whose pages may ask. */
  readonly origins: readonly string[];
  readonly tls: TlsFiles | undefined;
  /** Who records spans; undefined: traces are only handed on. */
  readonly tracing: Tracing | undefined;
  /** How long what runs may go on after the end was asked for. */
  readonly graceMs: number;
  /** How long requests are still answered then, until whoever spreads them has turned to others. */
  readonly drainMs: number;
  readonly now: () => Date;
  readonly newIncidentId: () => string;
  readonly redact: (text: string) => string;
  readonly version: string;
  /** Told of the address as soon as requests are taken. */
  readonly onListening: (url: string) => void;
}

/** Serves until `ending` is aborted; then takes nothing more once it is drained, waits for what runs, and puts the rest back into the queue. Throws LISTEN_FAILED. */
export async function serve(options: ServeOptions, ending: AbortSignal): Promise<void> {
  const { host, port, store, queue, investigate, atOnce, now, version, graceMs, drainMs } = options;
  const log = openLog('sre-orchestrator', version);
  const wakeUps = new WakeUps();
  const [leaving, closing] = [new AbortController(), new AbortController()];
  const metrics = new ServerMetrics();
  const runner = new JobRunner({
    queue,
    store,
    investigate: withMoments(metrics.watching(investigate), options.records),
    atOnce,
    wakeUps,
    log,
    now,
    beatMs: options.beatMs,
    recorder: options.tracing?.recorder,
  });
  const { admission, origins, tls, tracing } = options;
  const sessions = admission.by === 'token' ? admission.sessions : undefined;
  const [streams, supposing] = [new OpenStreams(options.maxStreams), new OpenStreams(atOnce)];
  const ends = { leaving: leaving.signal, closing: closing.signal };
  const answers = new KeptAnswers({ wakeUps, log, shared: options.sharedAnswers });
  const kept = { answers, surroundings: new Surroundings(options.looks) };
  const parts = { ...options, ...ends, ...kept, runner, wakeUps, log, streams, supposing, metrics, sessions, isTls: tls !== undefined };
  const app = buildServer({ parts, admission, limits: limitsOf(options.requestsPerSecond), origins, tls, tracing });
  using _fresh = tls?.keepFresh(app.server as unknown as Server);
  const url = await listen(app, { host, port, tls });
  log.info({ url, keys: admission.by === 'token' }, 'listening');
  options.onListening(url);
  options.changes?.listen((change) => {
    if (change.type === 'waiting') return runner.look();
    if (change.type === 'answer') return wakeUps.changed(change.answerId);
    if (change.type === 'cancel') runner.cancel(change.incidentId);
    wakeUps.changed(change.incidentId);
  });
  await runner.start();
  await using _postman = options.webhooks.length === 0 ? undefined : new Postman({ ...options, log, recorder: tracing?.recorder });
  using _house = keepHouse({ ...options, log });
  await aborted(ending);
  log.info({ under_way: runner.running }, 'shutting down');
  leaving.abort();
  const stopped = runner.stop(graceMs);
  if (drainMs > 0) await sleep(drainMs);
  // Whoever asks now is told to come back; who waits for events comes back with the last number.
  closing.abort();
  await Promise.all([stopped, answers.close(ENDING_MS)]);
  await app.close();
  log.info({}, 'ended');
  log.flush();
}

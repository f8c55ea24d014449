import { parentPort, workerData } from 'node:worker_threads';
import type { SessionClient } from './client/session-client.ts';
import type { ClusterReader } from './cluster/reader.ts';
import type { CommandContext, Output } from './commands/context.ts';
import { parseDuration } from './config/setting.ts';
import { VERSION } from './config/version.ts';
import type { InvestigationRequest } from './domain/investigation-request.ts';
import { asCoded, coded } from './errors/coded-error.ts';
import { openLog } from './log/open-log.ts';
import { answerQuestion } from './server/threads/answer-question.ts';
import type { Belonging, FromThread, ThreadData, ToThread } from './server/threads/messages.ts';
import { stepBack } from './server/threads/step-back.ts';
import { type Correlation, correlated, resumed } from './trace/correlation.ts';
import { compose } from './wiring/compose.ts';

/** A server's thread: one investigation after the other, each told to the server event by event; or single reads, many at a time. */
const { flags, snapshot } = workerData as ThreadData;
const ANSWER_MS = 20_000;
const silent: Output = {
  out: async () => {},
  err: () => {},
  width: 100,
  isTerminal: false,
  color: 'none',
  unicode: true,
  links: false,
  watched: false,
  typed: false,
};
const tell = (message: FromThread): void => parentPort?.postMessage(message);
const log = openLog('sre-orchestrator', VERSION);
let current = new AbortController();
const asked = new Map<number, AbortController>();
let desk: Promise<SessionClient> | undefined;
let hasSteppedBack = false;

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'abort') return current.abort();
  if (message.type === 'ask') return answer(message);
  if (message.type === 'withdraw') return asked.get(message.id)?.abort();
  // Not where single reads are answered: somebody waits for those.
  if (!hasSteppedBack) stepBack();
  hasSteppedBack = true;
  current = new AbortController();
  const { signal } = current;
  const incidentId = message.type === 'investigate' ? message.request.incidentId : message.followUp.report.incident_id;
  correlated(correlationOf(message, incidentId), () =>
    message.type === 'investigate' ? investigate(message.request, signal) : followUp(message, signal),
  ).then(
    () => tell({ type: 'ended' }),
    (error: unknown) => {
      const { code, details } = asCoded(error);
      tell({ type: 'failed', code, details });
    },
  );
});

/** Spans are recorded by the process, which sends them all. */
function correlationOf({ carried, records }: Belonging, incidentId?: string): Correlation | undefined {
  if (carried === null) return undefined;
  return resumed(carried, incidentId, records ? { record: (span) => tell({ type: 'span', span }) } : undefined);
}

function answer({ id, question, ...belonging }: Extract<ToThread, { type: 'ask' }>): void {
  const withdrawn = new AbortController();
  asked.set(id, withdrawn);
  const signal = AbortSignal.any([withdrawn.signal, AbortSignal.timeout(ANSWER_MS)]);
  desk ??= openDesk();
  desk
    .then((session) => correlated(correlationOf(belonging), () => answerQuestion(question, session, signal)))
    .then(
      (json) => tell({ type: 'answered', id, json }),
      (error: unknown) => {
        const { code, details } = signal.aborted ? coded('CONNECTING_TIMED_OUT', { timeout: `${ANSWER_MS / 1000}s` }) : asCoded(error);
        tell({ type: 'refused', id, code, details });
      },
    )
    .finally(() => asked.delete(id));
}

async function openDesk(): Promise<SessionClient> {
  const { context } = await compose({ flags, output: silent, interrupted: new AbortController().signal });
  return context.openSession({ keep: false, asksModel: false, sharesReads: true, warn: () => {}, ...(snapshot === undefined ? {} : { snapshot }) });
}

async function investigate(request: InvestigationRequest, stopped: AbortSignal): Promise<void> {
  const { context, close } = await compose({ flags, output: silent, interrupted: stopped, logsCall: (call) => log.info(call, 'model asked') });
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(parseDuration(context.settings.timeout) ?? 0)]);
    await using reader = await openReader(context, signal);
    const client = await context.openClient({ reader, keep: false, onStoreError: () => {}, asking: {} });
    for await (const event of client.investigate(request, signal)) tell({ type: 'event', event });
  } finally {
    await close();
  }
}

async function followUp({ followUp: asked, within }: Extract<ToThread, { type: 'follow-up' }>, stopped: AbortSignal): Promise<void> {
  const { context, close } = await compose({ flags, output: silent, interrupted: stopped, logsCall: (call) => log.info(call, 'model asked') });
  try {
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(parseDuration(context.settings.timeout) ?? 0)]);
    const scope = within === null ? {} : { within };
    await using session = await context.openSession({ keep: false, warn: () => {}, ...scope, ...(snapshot === undefined ? {} : { snapshot }) });
    const steps = session.askOn?.(asked, signal);
    let step = await steps?.next();
    for (; step?.done === false; step = await steps?.next()) tell({ type: 'event', event: step.value });
    tell({ type: 'followed-up', answer: step?.done === true ? step.value : undefined });
  } finally {
    await close();
  }
}

/** In an outage the answer is a report of what could not be seen, not an error. */
async function openReader({ openReader: open, now }: CommandContext, signal: AbortSignal): Promise<ClusterReader> {
  try {
    return await open({ signal, ...(snapshot === undefined ? {} : { snapshot }) });
  } catch (error) {
    const { code, message, row } = asCoded(error);
    if (row.kind === 'bug' && !signal.aborted) throw error;
    const { absentReader } = await import('./cluster/absent-reader.ts');
    return absentReader(`${code}: ${message}`, row.nextSteps[0] ?? 'a cluster that answers', now());
  }
}

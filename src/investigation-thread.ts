import { parentPort, workerData } from 'node:worker_threads';
import type { ClusterReader } from './cluster/reader.ts';
import type { CommandContext, Output } from './commands/context.ts';
import { parseDuration } from './config/setting.ts';
import { VERSION } from './config/version.ts';
import type { InvestigationRequest } from './domain/investigation-request.ts';
import { asCoded } from './errors/coded-error.ts';
import { openLog } from './log/open-log.ts';
import type { FromThread, ThreadData, ToThread } from './server/threads/messages.ts';
import { compose } from './wiring/compose.ts';

/** A server's thread: one investigation after the other, each told to the server event by event. */
const { flags, snapshot } = workerData as ThreadData;
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

parentPort?.on('message', (message: ToThread) => {
  if (message.type === 'abort') return current.abort();
  current = new AbortController();
  investigate(message.request, current.signal).then(
    () => tell({ type: 'ended' }),
    (error: unknown) => {
      const { code, details } = asCoded(error);
      tell({ type: 'failed', code, details });
    },
  );
});

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

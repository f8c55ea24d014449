import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import { thrownIn } from '../../errors/thrown-in.ts';
import type { FollowUp, FollowUpAnswer, FollowUpStep } from '../../pipeline/ask-on.ts';
import { carriedNow, currentCorrelation } from '../../trace/correlation.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** What a run may keep in memory before its thread is ended: a cluster of 5,000 pods takes 250 MB. */
const HEAP_MB = 512;
const IDLE_MS = 30_000;
/** An aborted run still writes its report; one that does not is ended. */
const ABORTING_MS = 10_000;

/** Without what it belongs to, which is added to each. */
type Work =
  | Pick<Extract<ToThread, { type: 'investigate' }>, 'type' | 'request'>
  | Pick<Extract<ToThread, { type: 'follow-up' }>, 'type' | 'followUp' | 'within'>;
type Told = Extract<FromThread, { type: 'event' | 'followed-up' }>;
export type AskOn = ThreadPool['askOn'];

/** The engine in threads of its own: what an investigation computes never holds up an answer of the API. */
export class ThreadPool {
  readonly #entry: URL;
  readonly #data: ThreadData;
  readonly #idle = new Map<Worker, { readonly timer: NodeJS.Timeout; readonly end: () => void }>();

  constructor(entry: URL, data: ThreadData) {
    this.#entry = entry;
    this.#data = data;
  }

  async *investigate(request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
    for await (const message of this.#work({ type: 'investigate', request }, signal)) if (message.type === 'event') yield message.event;
  }

  /** What the model asks for meanwhile, and then its answer; undefined where it is not to be asked. */
  async *askOn(followUp: FollowUp, within: readonly string[] | null, signal: AbortSignal): AsyncGenerator<FollowUpStep, FollowUpAnswer | undefined> {
    let answer: FollowUpAnswer | undefined;
    for await (const message of this.#work({ type: 'follow-up', followUp, within }, signal)) {
      if (message.type === 'followed-up') answer = message.answer;
      else if (message.event.type === 'model-stepped') yield message.event;
    }
    return answer;
  }

  async *#work(work: Work, signal: AbortSignal): AsyncGenerator<Told> {
    const recorder = currentCorrelation()?.recorder;
    const belonging = { carried: carriedNow(), records: recorder !== undefined };
    const thread = this.#take();
    const messages = on(thread, 'message', { close: ['exit'] }) as AsyncIterable<[FromThread]>;
    let late: NodeJS.Timeout | undefined;
    const abort = (): void => {
      thread.postMessage({ type: 'abort' } satisfies ToThread);
      late = setTimeout(() => void thread.terminate(), ABORTING_MS);
    };
    let isReusable = false;
    try {
      thread.postMessage({ ...work, ...belonging } satisfies ToThread);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      for await (const [message] of messages) {
        if (message.type === 'event' || message.type === 'followed-up') {
          yield message;
          continue;
        }
        if (message.type === 'span') {
          recorder?.record(message.span);
          continue;
        }
        isReusable = true;
        if (message.type === 'ended') return;
        if (message.type === 'failed') throw thrownIn(message);
      }
      throw coded('UNEXPECTED', { reason: 'the thread of an investigation ended before it' });
    } finally {
      clearTimeout(late);
      signal.removeEventListener('abort', abort);
      if (isReusable) this.#rest(thread);
      else await thread.terminate();
    }
  }

  async close(): Promise<void> {
    for (const { timer } of this.#idle.values()) clearTimeout(timer);
    await Promise.all([...this.#idle.keys()].map((thread) => thread.terminate()));
  }

  #take(): Worker {
    const [first] = this.#idle;
    if (first === undefined) return new Worker(this.#entry, { workerData: this.#data, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    const [thread, { timer, end }] = first;
    clearTimeout(timer);
    thread.off('error', end);
    this.#idle.delete(thread);
    thread.ref();
    return thread;
  }

  #rest(thread: Worker): void {
    const end = (): void => {
      this.#idle.delete(thread);
      void thread.terminate();
    };
    // One that dies while it rests must not be given out, and is no reason to end the server.
    thread.once('error', end);
    this.#idle.set(thread, { timer: setTimeout(end, IDLE_MS).unref(), end });
    thread.unref();
  }
}

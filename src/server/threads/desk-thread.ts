import { Worker } from 'node:worker_threads';
import type { ClusterQuestion } from '../../client/cluster-question.ts';
import { coded } from '../../errors/coded-error.ts';
import { thrownIn } from '../../errors/thrown-in.ts';
import { carriedNow, currentCorrelation } from '../../trace/correlation.ts';
import type { SpanRecorder } from '../../trace/finished-span.ts';
import type { ClusterDesk } from './cluster-desk.ts';
import type { FromThread, ThreadData, ToThread } from './messages.ts';

/** Questions are small, but a list of everything is not. */
const HEAP_MB = 384;
const AT_ONCE = 64;
const IDLE_MS = 60_000;

interface Waiting {
  readonly resolve: (json: string) => void;
  readonly reject: (error: unknown) => void;
}

/** One thread for all single reads. It comes with the first question, and goes when nobody has asked for a minute. */
export class DeskThread implements ClusterDesk {
  readonly #entry: URL;
  readonly #data: ThreadData;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #last = 0;
  /** All who ask have the same one. */
  #recorder: SpanRecorder | undefined;

  constructor(entry: URL, data: ThreadData) {
    this.#entry = entry;
    this.#data = data;
  }

  async ask(question: ClusterQuestion, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    if (this.#waiting.size >= AT_ONCE) throw coded('SERVER_BUSY', { limit: AT_ONCE });
    clearTimeout(this.#idle);
    const thread = this.#open();
    const id = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const withdraw = (): void => {
      thread.postMessage({ type: 'withdraw', id } satisfies ToThread);
      reject(signal.reason);
    };
    this.#waiting.set(id, { resolve, reject });
    signal.addEventListener('abort', withdraw, { once: true });
    this.#recorder = currentCorrelation()?.recorder ?? this.#recorder;
    thread.postMessage({ type: 'ask', id, question, carried: carriedNow(), records: this.#recorder !== undefined } satisfies ToThread);
    try {
      return await promise;
    } finally {
      signal.removeEventListener('abort', withdraw);
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#rest();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearTimeout(this.#idle);
    await this.#thread?.terminate();
  }

  #open(): Worker {
    if (this.#thread !== undefined) return this.#thread;
    const thread = new Worker(this.#entry, { workerData: this.#data, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
    let reason: unknown;
    thread.on('message', (message: FromThread) => this.#take(message));
    thread.on('error', (error) => {
      reason = error;
    });
    thread.on('exit', () => this.#gone(thread, reason));
    // A server that ends does not wait for it.
    thread.unref();
    this.#thread = thread;
    return thread;
  }

  #take(message: FromThread): void {
    if (message.type === 'span') this.#recorder?.record(message.span);
    if (message.type === 'answered') this.#waiting.get(message.id)?.resolve(message.json);
    if (message.type === 'refused') this.#waiting.get(message.id)?.reject(thrownIn(message));
  }

  #gone(thread: Worker, cause: unknown): void {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values()) reject(coded('UNEXPECTED', { reason: 'the thread that reads the cluster ended' }, { cause }));
  }

  #rest(): void {
    this.#idle = setTimeout(() => {
      const thread = this.#thread;
      this.#thread = undefined;
      void thread?.terminate();
    }, IDLE_MS).unref();
  }
}

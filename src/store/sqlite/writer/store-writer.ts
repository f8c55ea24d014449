import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { coded } from '../../../errors/coded-error.ts';
import { thrownIn } from '../../../errors/thrown-in.ts';
import type { SqliteParts } from '../sqlite-parts.ts';
import type { FromWriter, PartName, ToWriter, WriterData } from './messages.ts';

/** Statements and rows on their way: a thread of a few megabytes. */
const LIMITS = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 128 };

/** What each part writes; all else of it reads. */
const WRITES = {
  incidents: ['create', 'appendEvents', 'complete', 'fail', 'keepVectors'],
  queue: ['enqueue', 'take', 'beat', 'giveBack', 'cancel', 'takeOver'],
  retention: ['prune'],
  outbox: ['fill', 'take', 'settle', 'retry'],
  records: ['put', 'claim'],
} as const satisfies { readonly [P in PartName]: readonly (keyof SqliteParts[P])[] };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Writes in a thread: a commit waits for the disk, and taking away what is old for much of it; whoever waits for an answer of the server
 * waits for neither. What is read is read where it is asked for: in WAL mode nobody who reads waits for who writes.
 */
export class StoreWriter implements AsyncDisposable {
  readonly #entry: URL;
  readonly #data: WriterData;
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #last = 0;
  #closing = false;

  constructor(entry: URL, data: WriterData) {
    this.#entry = entry;
    this.#data = data;
  }

  /** The same parts of the store; what they write is written in the thread. */
  writing(parts: SqliteParts): SqliteParts {
    const each = <N extends PartName>(name: N): SqliteParts[N] => this.#writing(name, parts[name], WRITES[name]);
    return { incidents: each('incidents'), queue: each('queue'), retention: each('retention'), outbox: each('outbox'), records: each('records') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const ended = once(thread, 'exit');
    this.#closing = true;
    thread.ref();
    thread.postMessage(undefined satisfies ToWriter);
    await ended;
  }

  #writing<T extends object>(name: PartName, part: T, methods: readonly string[]): T {
    const written = new Map<string | symbol, unknown>(methods.map((method) => [method, (...args: unknown[]) => this.#call(name, method, args)]));
    return new Proxy(part, {
      get(target, key) {
        if (written.has(key)) return written.get(key);
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  }

  #call(part: PartName, method: string, args: readonly unknown[]): Promise<unknown> {
    const thread = this.#open();
    const id = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    // Only who waits for it keeps the process from ending.
    if (this.#waiting.size === 0) thread.ref();
    this.#waiting.set(id, { resolve, reject });
    thread.postMessage({ id, part, method, args } satisfies ToWriter);
    return promise;
  }

  #open(): Worker {
    if (this.#thread !== undefined) return this.#thread;
    const thread = new Worker(this.#entry, { workerData: this.#data, resourceLimits: LIMITS });
    let reason: unknown;
    thread.on('message', (message: FromWriter) => this.#take(message, thread));
    thread.on('error', (error) => {
      reason = error;
    });
    thread.on('exit', () => this.#gone(thread, reason));
    thread.unref();
    this.#thread = thread;
    return thread;
  }

  #take(message: FromWriter, thread: Worker): void {
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    // At the end its own end is waited for, too.
    if (this.#waiting.size === 0 && !this.#closing) thread.unref();
    if ('value' in message) waiting?.resolve(message.value);
    else waiting?.reject(thrownIn(message));
  }

  /** The next call begins another; what was under way may be done or not, as after a crash. */
  #gone(thread: Worker, cause: unknown): void {
    if (this.#thread === thread) this.#thread = undefined;
    const lost = [...this.#waiting.values()];
    this.#waiting.clear();
    const reason = 'the thread that writes it ended';
    for (const { reject } of lost) reject(coded('STORE_UNAVAILABLE', { path: this.#data.path, reason }, { cause }));
  }
}

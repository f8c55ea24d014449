import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { coded } from '../../errors/coded-error.ts';
import { sseMessage } from '../sse.ts';

export interface AnswerMessage {
  readonly event: string;
  readonly data: object;
}

interface KeptAnswer {
  readonly owner: string | undefined;
  readonly messages: string[];
  readonly more: EventTarget;
  readonly abort: AbortController;
  readers: number;
  ended: boolean;
  timer: NodeJS.Timeout | undefined;
}

const HEARTBEAT_MS = 15_000;
/** Whoever was cut off comes back within this, or is not waited for. */
const ALONE_MS = 30_000;
const KEPT_MS = 60_000;
/** Of those that have ended; how many are worked on at once, others limit. */
const MOST = 64;

/**
 * Answers that are told as they are found and kept nowhere else: whoever is cut off goes on behind the last message that came, on the
 * same server, for a minute. What nobody listens to is ended.
 */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #heartbeatMs: number;

  constructor(heartbeatMs = HEARTBEAT_MS) {
    this.#heartbeatMs = heartbeatMs;
  }

  /** Begins to answer; `tell` must not throw. Returns the id under which it can be read. */
  begin(owner: string | undefined, tell: (signal: AbortSignal) => AsyncIterable<AnswerMessage>): string {
    const id = `ans-${randomBytes(12).toString('hex')}`;
    const kept: KeptAnswer = { owner, messages: [], more: new EventTarget(), abort: new AbortController(), readers: 0, ended: false, timer: undefined };
    this.#answers.set(id, kept);
    const ended = [...this.#answers].filter(([, each]) => each.ended && each.readers === 0);
    for (const [old] of ended.slice(0, Math.max(0, ended.length - MOST))) this.#forget(old);
    void this.#fill(id, kept, tell(kept.abort.signal));
    return id;
  }

  /** As server-sent events, from the one behind `after`. Throws ANSWER_UNKNOWN, also to who did not ask. */
  read(id: string, owner: string | undefined, after: number, gone: AbortSignal): AsyncGenerator<string> {
    const kept = this.#answers.get(id);
    if (kept === undefined || kept.owner !== owner) throw coded('ANSWER_UNKNOWN', {});
    return this.#told(id, kept, after, gone);
  }

  async *#told(id: string, kept: KeptAnswer, after: number, gone: AbortSignal): AsyncGenerator<string> {
    clearTimeout(kept.timer);
    kept.readers += 1;
    try {
      for (let told = after; !gone.aborted; ) {
        const fresh = kept.messages.slice(told);
        told += fresh.length;
        if (fresh.length > 0) yield fresh.join('');
        if (kept.ended && told >= kept.messages.length) return;
        if (told < kept.messages.length) continue;
        const signal = AbortSignal.any([gone, AbortSignal.timeout(this.#heartbeatMs)]);
        await once(kept.more, 'more', { signal }).catch(() => {});
        if (told === kept.messages.length && !kept.ended && !gone.aborted) yield ': still here\n\n';
      }
    } finally {
      kept.readers -= 1;
      if (kept.readers === 0) this.#leave(id, kept);
    }
  }

  async #fill(id: string, kept: KeptAnswer, messages: AsyncIterable<AnswerMessage>): Promise<void> {
    for await (const { event, data } of messages) {
      kept.messages.push(sseMessage(event, data, kept.messages.length + 1));
      kept.more.dispatchEvent(new Event('more'));
    }
    kept.ended = true;
    kept.more.dispatchEvent(new Event('more'));
    if (kept.readers === 0) this.#leave(id, kept);
  }

  #leave(id: string, kept: KeptAnswer): void {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(() => this.#forget(id), kept.ended ? KEPT_MS : ALONE_MS).unref();
  }

  #forget(id: string): void {
    const kept = this.#answers.get(id);
    this.#answers.delete(id);
    clearTimeout(kept?.timer);
    kept?.abort.abort();
  }
}

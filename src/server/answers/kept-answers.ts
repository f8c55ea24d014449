import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { coded } from '../../errors/coded-error.ts';
import type { Log } from '../../log/open-log.ts';
import type { SharedAnswers } from '../../store/shared-answers.ts';
import { followed } from '../followed.ts';
import { sseMessage } from '../sse.ts';
import type { WakeUps } from '../wake-ups.ts';
import { SharedTellings } from './shared-tellings.ts';

export interface AnswerMessage {
  readonly event: string;
  readonly data: object;
}

interface KeptAnswer {
  readonly owner: string | undefined;
  readonly messages: string[];
  readonly abort: AbortController;
  filling: Promise<void> | undefined;
  readers: number;
  ended: boolean;
  timer: NodeJS.Timeout | undefined;
}

interface KeptAnswersOptions {
  readonly wakeUps: WakeUps;
  readonly log: Log;
  /** Where servers that share a store find each other's answers; undefined: there are no others. */
  readonly shared?: SharedAnswers | undefined;
  readonly heartbeatMs?: number;
}

const HEARTBEAT_MS = 15_000;
/** Whoever was cut off comes back within this, or is not waited for. */
const ALONE_MS = 30_000;
const KEPT_MS = 60_000;
/** Of those that have ended; how many are worked on at once, others limit. */
const MOST = 64;

/**
 * Answers that are told as they are found and kept for a minute: whoever is cut off goes on behind the last message that came, on any
 * server that shares the store. What nobody listens to is ended.
 */
export class KeptAnswers {
  readonly #answers = new Map<string, KeptAnswer>();
  readonly #wakeUps: WakeUps;
  readonly #heartbeatMs: number;
  readonly #shared: SharedAnswers | undefined;
  readonly #elsewhere: SharedTellings | undefined;

  constructor({ wakeUps, log, shared, heartbeatMs = HEARTBEAT_MS }: KeptAnswersOptions) {
    this.#wakeUps = wakeUps;
    this.#heartbeatMs = heartbeatMs;
    this.#shared = shared;
    this.#elsewhere = shared && new SharedTellings(shared, log);
  }

  /** Begins to answer; `tell` must not throw. Returns the id under which it can be read. */
  async begin(owner: string | undefined, tell: (signal: AbortSignal) => AsyncIterable<AnswerMessage>): Promise<string> {
    const id = `ans-${randomBytes(12).toString('hex')}`;
    await this.#elsewhere?.begin(id, owner);
    const kept: KeptAnswer = { owner, messages: [], abort: new AbortController(), filling: undefined, readers: 0, ended: false, timer: undefined };
    this.#answers.set(id, kept);
    const ended = [...this.#answers].filter(([, each]) => each.ended && each.readers === 0);
    for (const [old] of ended.slice(0, Math.max(0, ended.length - MOST))) this.#forget(old);
    this.#leave(id, kept);
    kept.filling = this.#fill(id, kept, tell(kept.abort.signal));
    return id;
  }

  /** As server-sent events, from the one behind `after`. Throws ANSWER_UNKNOWN, also to who did not ask. */
  async read(id: string, owner: string | undefined, after: number, gone: AbortSignal): Promise<AsyncGenerator<string>> {
    const kept = this.#answers.get(id);
    if (kept === undefined) return this.#readElsewhere(id, owner, after, gone);
    if (kept.owner !== owner) throw coded('ANSWER_UNKNOWN', {});
    return this.#told(id, kept, after, gone);
  }

  /** Waits until what is told has been told, as long as it may. */
  async close(atMostMs: number): Promise<void> {
    const filling = Promise.all([...this.#answers.values()].map((kept) => kept.filling));
    await Promise.race([filling, sleep(atMostMs, undefined, { ref: false })]);
  }

  async *#told(id: string, kept: KeptAnswer, after: number, signal: AbortSignal): AsyncGenerator<string> {
    clearTimeout(kept.timer);
    kept.readers += 1;
    let told = after;
    const look = () => {
      const fresh = kept.messages.slice(told);
      told += fresh.length;
      return { text: fresh.join(''), isOver: kept.ended };
    };
    try {
      yield* followed({ look, wakeUps: this.#wakeUps, id, heartbeatMs: this.#heartbeatMs, signal });
    } finally {
      kept.readers -= 1;
      if (kept.readers === 0) this.#leave(id, kept);
    }
  }

  /** What another server tells. It ends where that one does: whoever comes back then is told that it is gone. */
  async #readElsewhere(id: string, owner: string | undefined, after: number, signal: AbortSignal): Promise<AsyncGenerator<string>> {
    let told = after;
    const look = async () => {
      const part = await this.#shared?.read(id, owner, told);
      const messages = part?.messages ?? [];
      told += messages.length;
      const isThere = part !== undefined && (part.isEnd || part.isTold || messages.length > 0);
      return { text: messages.join(''), isOver: !isThere || part.isEnd, isThere };
    };
    let first: Awaited<ReturnType<typeof look>> | undefined = await look();
    if (!first.isThere) throw coded('ANSWER_UNKNOWN', {});
    const next = async () => {
      const seen = first ?? (await look());
      first = undefined;
      return seen;
    };
    return followed({ look: next, wakeUps: this.#wakeUps, id, heartbeatMs: this.#heartbeatMs, signal });
  }

  async #fill(id: string, kept: KeptAnswer, messages: AsyncIterable<AnswerMessage>): Promise<void> {
    for await (const { event, data } of messages) {
      const message = sseMessage(event, data, kept.messages.length + 1);
      kept.messages.push(message);
      this.#elsewhere?.add(id, message);
      this.#wakeUps.changed(id);
    }
    kept.ended = true;
    this.#wakeUps.changed(id);
    if (kept.readers === 0) this.#leave(id, kept);
    await this.#elsewhere?.end(id);
  }

  #leave(id: string, kept: KeptAnswer): void {
    clearTimeout(kept.timer);
    kept.timer = setTimeout(
      () => {
        if (!kept.ended && this.#elsewhere?.isHeard(id)) this.#leave(id, kept);
        else this.#forget(id);
      },
      kept.ended ? KEPT_MS : ALONE_MS,
    ).unref();
  }

  #forget(id: string): void {
    const kept = this.#answers.get(id);
    this.#answers.delete(id);
    clearTimeout(kept?.timer);
    kept?.abort.abort();
  }
}

import { asCoded } from '../../errors/coded-error.ts';
import type { Log } from '../../log/open-log.ts';
import type { SharedAnswers } from '../../store/shared-answers.ts';

const BEAT_MS = 5_000;
/** More of one answer is told here alone. */
const MOST_CHARACTERS = 8 * 2 ** 20;

interface Telling {
  pending: string[];
  characters: number;
  isEnd: boolean;
  isHeard: boolean;
  writing: Promise<void> | undefined;
}

/** What this process tells, written where other servers find it, behind the back of whoever listens here. A store that fails costs no more than that. */
export class SharedTellings {
  readonly #store: SharedAnswers;
  readonly #log: Log;
  readonly #tellings = new Map<string, Telling>();
  #timer: NodeJS.Timeout | undefined;

  constructor(store: SharedAnswers, log: Log) {
    this.#store = store;
    this.#log = log;
  }

  /** Returns when other servers know of it. */
  async begin(id: string, asker: string | undefined): Promise<void> {
    const telling: Telling = { pending: [], characters: 0, isEnd: false, isHeard: false, writing: undefined };
    this.#tellings.set(id, telling);
    this.#timer ??= setInterval(() => void this.#beat(), BEAT_MS).unref();
    await this.#guarded(id, () => this.#store.begin(id, asker));
  }

  add(id: string, message: string): void {
    const telling = this.#tellings.get(id);
    if (telling === undefined) return;
    telling.characters += message.length;
    telling.pending.push(message);
    if (telling.characters > MOST_CHARACTERS) this.#forget(id);
    else this.#write(id, telling);
  }

  /** Resolves when all of it is written. */
  async end(id: string): Promise<void> {
    const telling = this.#tellings.get(id);
    if (telling === undefined) return;
    telling.isEnd = true;
    this.#write(id, telling);
    await telling.writing;
    this.#forget(id);
  }

  /** Whether somebody listens to it at another server. */
  isHeard(id: string): boolean {
    return this.#tellings.get(id)?.isHeard === true;
  }

  #write(id: string, telling: Telling): void {
    telling.writing ??= this.#guarded(id, async () => {
      try {
        for (let isWhole = false; !isWhole && (telling.pending.length > 0 || telling.isEnd); ) {
          const messages = telling.pending;
          telling.pending = [];
          isWhole = telling.isEnd;
          await this.#store.add(id, messages, isWhole);
        }
      } finally {
        telling.writing = undefined;
      }
    });
  }

  async #beat(): Promise<void> {
    try {
      const heard = await this.#store.beat([...this.#tellings.keys()]);
      for (const [id, telling] of this.#tellings) telling.isHeard = heard.has(id);
    } catch {
      // The next beat is in a few seconds; what is lost is told where it is written.
    }
  }

  async #guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#forget(id);
      this.#log.warn({ code: asCoded(error).code }, 'an answer cannot be gone on with at another server');
    }
  }

  #forget(id: string): void {
    this.#tellings.delete(id);
    if (this.#tellings.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

import { asCoded } from '../../errors/coded-error.ts';
import { Page } from '../../report/page.ts';
import { type Paint, paintFor } from '../../report/paint.ts';
import { printable } from '../../report/printable.ts';
import type { ChatScreenOptions } from '../../session/chat-screen.ts';
import { complete } from '../../session/complete.ts';
import type { Draw, Said } from '../../session/said.ts';
import { EventFeed } from '../live/event-feed.ts';
import type { FinishedLine } from '../live/live-view.ts';
import { completed, cycled } from './complete.ts';
import type { Keystroke } from './keys.ts';
import { EMPTY_EDITOR, isEmpty, lineOf } from './line-editor.ts';
import { EMPTY_PROMPT, type Prompt, paste, press } from './prompt.ts';
import { whereOf } from './where.ts';

/** Something that is finished: it goes into the scrollback once. */
export type Item = { readonly id: number } & ({ readonly text: string } | { readonly line: FinishedLine });

export interface Running {
  readonly feed: EventFeed;
  readonly startedAt: number;
  readonly stopping: AbortSignal;
  /** What is being read, where it is no investigation. */
  readonly doing: string | undefined;
}

export interface ChatState {
  readonly items: readonly Item[];
  readonly prompt: Prompt;
  readonly running: Running | undefined;
  readonly queued: readonly string[];
  readonly notice: string | undefined;
  readonly where: readonly string[];
  /** Rows of a cleared screen that are to be scrolled away; counted, so that each is done once. */
  readonly cleared: number;
  readonly left: boolean;
}

const WIDEST = 120;
const NARROWEST = 20;

/** What the keys do, and what the answers come to. React draws its state and holds none of its own. */
export class ChatController {
  readonly paint: Paint;
  readonly options: ChatScreenOptions;
  #state: ChatState;
  #ids = 0;
  #answering: AbortController | undefined;
  readonly #listeners = new Set<() => void>();
  /** Aborted when the person leaves: nothing goes on behind the shell's prompt. */
  readonly #closing = new AbortController();
  #entries: readonly string[];

  constructor(options: ChatScreenOptions) {
    this.options = options;
    this.paint = paintFor(options.color);
    this.#entries = options.history.entries;
    this.#state = {
      items: [],
      prompt: EMPTY_PROMPT,
      running: undefined,
      queued: [],
      notice: undefined,
      where: whereOf(options.conversation.situation),
      cleared: 0,
      left: false,
    };
  }

  get history(): readonly string[] {
    return this.#entries;
  }

  readonly current = (): ChatState => this.#state;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Connects in the background: one may write meanwhile. */
  async start(): Promise<void> {
    const { conversation, first, notices } = this.options;
    notices.showWith((text) =>
      this.#append({ text: this.#drawn((page) => page.hang({ label: page.glyphs.open, labelRole: 'warning', text: printable(text) })) }),
    );
    if (first !== undefined) this.#say(first);
    try {
      await conversation.connect(this.#closing.signal);
    } catch (error) {
      if (!this.#closing.signal.aborted && first === undefined) this.#fail(error);
    }
    this.#change({ where: whereOf(conversation.situation) });
  }

  press(key: Keystroke): void {
    const { prompt, effect } = press(this.#state.prompt, key, this.#entries);
    this.#change({ prompt, notice: undefined });
    switch (effect?.type) {
      case 'submit':
        this.#submit(effect.text);
        break;
      case 'complete':
        void this.#complete(effect.step).catch((error: unknown) => this.#notice(asCoded(error).message));
        break;
      case 'interrupt':
        this.#interrupt();
        break;
      case 'leave':
        this.#leave();
        break;
      case 'clear-screen':
        this.#change({ cleared: this.#state.cleared + 1 });
        break;
    }
  }

  paste(text: string): void {
    this.#change({ prompt: paste(this.#state.prompt, text), notice: undefined });
  }

  /** The answer that is running is stopped; what it knows is told. */
  end(): void {
    this.#leave();
  }

  #submit(text: string): void {
    if (text.trim() === '') return;
    if (this.#state.running === undefined) this.#say(text);
    else this.#change({ queued: [...this.#state.queued, text] });
  }

  #interrupt(): void {
    const { editor } = this.#state.prompt;
    if (this.#answering !== undefined) {
      this.#answering.abort();
      this.#change({ queued: [] });
    } else if (!isEmpty(editor)) this.#change({ prompt: { ...EMPTY_PROMPT, editor: { ...EMPTY_EDITOR, killed: editor.killed } } });
    else this.#notice('Ctrl-D or /exit leaves');
  }

  #leave(): void {
    this.#answering?.abort();
    this.#closing.abort();
    this.#change({ left: true });
  }

  #say(text: string): void {
    if (this.#entries.at(-1) !== text) {
      this.#entries = [...this.#entries, text];
      this.options.history.add(text);
    }
    this.#append({ text: `\n${this.#echo(text)}` });
    const answering = new AbortController();
    this.#answering = answering;
    const feed = new EventFeed();
    const told = { count: 0, aside: false };
    const unsubscribe = feed.subscribe(() => this.#finished(feed, told));
    this.#change({ running: { feed, startedAt: performance.now(), stopping: answering.signal, doing: undefined } });
    this.#answer(text, answering.signal, (said) => {
      told.aside ||= said.type === 'event' && said.aside === true;
      this.#show(said, feed);
    })
      .catch((error: unknown) => this.#fail(error, answering.signal.aborted))
      .finally(() => {
        feed.flush();
        unsubscribe();
        this.#answering = undefined;
        this.#change({ running: undefined, where: whereOf(this.options.conversation.situation) });
        this.#next();
      });
  }

  #next(): void {
    const [next, ...rest] = this.#state.queued;
    if (next === undefined || this.#state.left) return;
    this.#change({ queued: rest });
    this.#say(next);
  }

  async #answer(text: string, signal: AbortSignal, show: (said: Said) => void): Promise<void> {
    for await (const said of this.options.conversation.say(text, signal)) show(said);
  }

  #show(said: Said, feed: EventFeed): void {
    switch (said.type) {
      case 'event':
        feed.add(said.event);
        break;
      case 'doing':
        this.#change({ running: this.#state.running && { ...this.#state.running, doing: said.text } });
        break;
      case 'answer':
        feed.flush();
        this.#append({ text: `${this.#followsLines() ? '\n' : ''}${this.#drawn(said.draw)}` });
        break;
      case 'document':
        this.#append({ text: printable(said.text).trimEnd() });
        break;
      case 'cleared':
        this.#change({ cleared: this.#state.cleared + 1 });
        break;
      case 'left':
        this.#leave();
        break;
      case 'concluded':
        this.#change({ where: whereOf(this.options.conversation.situation) });
        break;
    }
  }

  /** Lines of a run that are finished go up as they come. */
  #finished(feed: EventFeed, told: { count: number; readonly aside: boolean }): void {
    const { finished } = feed.current();
    if (!told.aside) for (const line of finished.slice(told.count)) this.#append({ line });
    told.count = finished.length;
  }

  /** Air between what was seen on the way and the answer. */
  #followsLines(): boolean {
    const last = this.#state.items.at(-1);
    return last !== undefined && 'line' in last;
  }

  async #complete(step: 1 | -1): Promise<void> {
    const { prompt } = this.#state;
    if (prompt.menu !== undefined && prompt.menu.words.length > 0) return this.#change({ prompt: cycled(prompt, step) });
    const completion = await complete(this.options.conversation, lineOf(prompt.editor), prompt.editor.column, this.#closing.signal);
    // Who went on writing meanwhile wants it no more.
    if (this.#state.prompt !== prompt) return;
    this.#change({ prompt: completed(prompt, completion) });
  }

  #fail(error: unknown, stopped = false): void {
    const coded = asCoded(error);
    // What an abort throws is no error.
    const draw: Draw = (page) => {
      if (stopped) page.hang({ text: 'stopped', role: 'quiet' });
      else {
        page.hang({ label: page.glyphs.open, labelRole: 'warning', text: printable(coded.message) });
        for (const step of coded.row.nextSteps) page.hang({ indent: 2, text: step, role: 'quiet' });
      }
    };
    this.#append({ text: this.#drawn(draw) });
  }

  #notice(notice: string): void {
    this.#change({ notice });
  }

  /** What was said, as it stays above its answer; of what was pasted, the beginning. */
  #echo(text: string): string {
    const lines = printable(text.trim()).split('\n');
    const sign = this.paint('good', this.options.unicode ? '❯' : '>');
    const shown = lines
      .slice(0, 3)
      .map((line, index) => `${index === 0 ? sign : ' '} ${this.paint('title', line.length > 200 ? `${line.slice(0, 199)}…` : line)}`);
    return [...shown, ...(lines.length > 3 ? [this.paint('quiet', `  and ${lines.length - 3} more lines`)] : [])].join('\n');
  }

  #drawn(draw: Draw): string {
    const width = Math.min(WIDEST, Math.max(NARROWEST, this.options.output.columns ?? 80));
    const page = new Page({ width, unicode: this.options.unicode, paint: this.paint });
    draw(page);
    return this.options.restore(page.toString().trimEnd());
  }

  #append(item: { readonly text: string } | { readonly line: FinishedLine }): void {
    this.#change({ items: [...this.#state.items, { id: this.#id(), ...item }] });
  }

  #id(): number {
    this.#ids += 1;
    return this.#ids;
  }

  #change(change: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import { EMPTY_VIEW, type LiveView, withEvent, withWarning } from './live-view.ts';

/** How often a person is shown something new, at most. */
const FRAME_MS = 50;

/** Events come in by the hundred; whoever draws is told of them some twenty times a second. */
export class EventFeed {
  #view: LiveView = EMPTY_VIEW;
  #drawn: LiveView = EMPTY_VIEW;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<() => void>();

  add(event: InvestigationEvent): void {
    this.#change(withEvent(this.#view, event));
  }

  warn(text: string): void {
    this.#change(withWarning(this.#view, text));
  }

  #change(view: LiveView): void {
    this.#view = view;
    this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  /** Tells the listeners of what is new, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#drawn === this.#view) return;
    this.#drawn = this.#view;
    for (const listener of this.#listeners) listener();
  }

  readonly current = (): LiveView => this.#drawn;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

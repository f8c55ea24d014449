import type { Watcher } from '../client/watcher.ts';
import { renderEventLine } from '../report/event-line.ts';
import type { Output } from './context.ts';

/** A run told as plain lines on stderr, where no screen can be redrawn; `quiet`: warnings only. */
export function plainWatcher({ err }: Output, { verbose = false, quiet = false }: { verbose?: boolean; quiet?: boolean } = {}): Watcher {
  return {
    show(event) {
      const line = quiet ? undefined : renderEventLine(event, { verbose });
      if (line !== undefined) err(`${line}\n`);
    },
    warn: (text) => err(`warning ${text}\n`),
    end: async () => {},
  };
}

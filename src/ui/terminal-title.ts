import type { Watcher } from '../client/watcher.ts';
import { printableLine } from '../report/printable.ts';

const LONGEST = 60;

/** A watcher that says in the terminal's title what is being investigated, and gives the old title back at the end (XTWINOPS 22 and 23, OSC 2). */
export function withTitle(watcher: Watcher, stream: Pick<NodeJS.WriteStream, 'write'>): Watcher {
  stream.write('\u001b[22;2t');
  return {
    ...watcher,
    show(event) {
      if (event.type === 'investigation-started') stream.write(`\u001b]2;sre-orch: ${printableLine(event.description).slice(0, LONGEST)}\u0007`);
      watcher.show(event);
    },
    async end() {
      await watcher.end();
      stream.write('\u001b[23;2t');
    },
  };
}

import { render } from 'ink';
import type { Watcher, WatchOptions } from '../../client/watcher.ts';
import { themeFor } from '../theme.ts';
import { EventFeed } from './event-feed.ts';
import { InvestigationView } from './InvestigationView.tsx';

/** Shows a run on a terminal while it goes on. It listens to no key: Ctrl-C stays a signal of the process. */
export function watchInvestigation({ stream, color, unicode, stopping, startedAt }: WatchOptions): Watcher {
  const feed = new EventFeed();
  const clock = (): number => performance.now() - startedAt;
  const app = render(<InvestigationView feed={feed} theme={themeFor({ color, unicode })} clock={clock} stopping={stopping} />, {
    stdout: stream,
    exitOnCtrlC: false,
    // Whoever calls has decided that a person is watching.
    interactive: true,
    patchConsole: false,
    incrementalRendering: true,
    maxFps: 20,
  });
  return {
    show: (event) => feed.add(event),
    warn: (text) => feed.warn(text),
    async end() {
      feed.flush();
      // What is finished must be in the scrollback, and the live region gone, before the report is printed.
      await app.waitUntilRenderFlush();
      app.clear();
      app.unmount();
      await app.waitUntilExit();
      stream.write('\n');
    },
  };
}

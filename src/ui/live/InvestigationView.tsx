import { Box, Static, Text, useWindowSize } from 'ink';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import type { Theme } from '../theme.ts';
import type { EventFeed } from './event-feed.ts';
import { newest, readRows, statusParts } from './live-region.ts';
import type { FinishedLine, LiveView } from './live-view.ts';

interface Props {
  readonly feed: EventFeed;
  readonly theme: Theme;
  /** Milliseconds since the run began. */
  readonly clock: () => number;
  /** Set when a person asked for the end: what is known is being put together. */
  readonly stopping: AbortSignal;
}

const TICK_MS = 100;

/** A run that is being watched: what is finished scrolls up and stays, what is being done stands below. */
export function InvestigationView({ feed, theme, clock, stopping }: Props): ReactNode {
  const view = useSyncExternalStore(feed.subscribe, feed.current);
  const { rows } = useWindowSize();
  const { elapsed, tick } = useElapsed(clock);
  return (
    <>
      <Static items={[...view.finished]}>{(line) => <FinishedText key={line.id} line={line} theme={theme} />}</Static>
      <Box flexDirection="column">
        {newest(view.reads, readRows(rows)).map((read, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a window have a place and nothing else
          <Text key={index} wrap="truncate-end" {...theme.looks.quiet}>
            {'  '}
            {read}
          </Text>
        ))}
        <StatusLine
          theme={theme}
          tick={tick}
          doing={stopping.aborted ? STOPPING : (view.doing ?? 'connecting')}
          parts={statusParts({ elapsed, counts: counts(view), stopping: stopping.aborted })}
        />
      </Box>
    </>
  );
}

export const STOPPING = 'stopping: putting together what is known';

interface StatusProps {
  readonly theme: Theme;
  readonly tick: number;
  readonly doing: string;
  /** What is worth less attention, behind it. */
  readonly parts: readonly string[];
}

/** One row: what is being done, how long it has taken, what it has come to, how to end it. */
export function StatusLine({ theme, tick, doing, parts }: StatusProps): ReactNode {
  return (
    <Text wrap="truncate-end">
      {theme.spinner[tick % theme.spinner.length]} {doing}
      <Text {...theme.looks.quiet}>
        {theme.separator}
        {parts.join(theme.separator)}
      </Text>
    </Text>
  );
}

const LOOK_OF = { start: 'quiet', done: 'good', finding: 'bad', gap: 'warning', failed: 'warning' } as const;

/** A line that stays. */
export function FinishedText({ line: { mark, text, detail }, theme }: { readonly line: FinishedLine; readonly theme: Theme }): ReactNode {
  return (
    <Text>
      <Text {...theme.looks[LOOK_OF[mark]]}>{theme.marks[mark]}</Text> {text}
      {detail !== '' && (
        <Text {...theme.looks[mark === 'finding' ? 'object' : 'quiet']}>
          {'  '}
          {detail}
        </Text>
      )}
    </Text>
  );
}

/** What a run has come to, as far as it has come to anything. */
export function counts({ readCount, findingCount, gapCount }: LiveView): string[] {
  const parts: [number, string][] = [
    [readCount, readCount === 1 ? 'read' : 'reads'],
    [findingCount, findingCount === 1 ? 'finding' : 'findings'],
    [gapCount, 'not seen'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
}

/** Time since the run began, told ten times a second. */
export function useElapsed(clock: () => number): { elapsed: number; tick: number } {
  const [elapsed, setElapsed] = useState(clock);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(clock()), TICK_MS);
    return () => clearInterval(timer);
  }, [clock]);
  return { elapsed, tick: Math.floor(elapsed / TICK_MS) };
}

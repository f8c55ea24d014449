import { Box, Static, Text, useInput, usePaste, useStdout, useWindowSize } from 'ink';
import { memo, type ReactNode, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { counts, FinishedText, STOPPING, StatusLine, useElapsed } from '../live/InvestigationView.tsx';
import { elapsedText } from '../live/live-region.ts';
import type { Theme } from '../theme.ts';
import type { ChatController, Item, Running } from './chat-controller.ts';
import { keystrokes } from './keys.ts';
import { PromptLines } from './PromptLines.tsx';

interface Props {
  readonly controller: ChatController;
  readonly theme: Theme;
}

/** One row stays free: a frame that fills the screen costs the user the scrollback. */
const FREE_ROWS = 1;

/** What is finished above, what is running and the prompt below. */
export function ChatView({ controller, theme }: Props): ReactNode {
  const state = useSyncExternalStore(controller.subscribe, controller.current);
  const { rows, columns } = useWindowSize();
  useInput((input, key) => {
    for (const stroke of keystrokes(input, key)) controller.press(stroke);
  });
  usePaste((text) => controller.paste(text));
  useClearing(state.cleared, rows);
  const spacer = rows >= 6 ? 1 : 0;
  const running = state.running !== undefined && rows >= 8 ? 2 : 0;
  return (
    <>
      <FinishedItems items={state.items} theme={theme} />
      {!state.left && (
        <Box flexDirection="column">
          {spacer > 0 && <Text> </Text>}
          {state.running !== undefined && running > 0 && <RunningLines running={state.running} theme={theme} />}
          <PromptLines
            controller={controller}
            state={state}
            above={spacer + running}
            rows={Math.max(1, rows - FREE_ROWS - spacer - running)}
            columns={columns}
          />
        </Box>
      )}
    </>
  );
}

/** Drawn anew only where something was added: a key must not walk through a long session. */
const FinishedItems = memo(function FinishedItems({ items, theme }: { readonly items: readonly Item[]; readonly theme: Theme }): ReactNode {
  return (
    <Static items={[...items]}>
      {(item) => ('line' in item ? <FinishedText key={item.id} line={item.line} theme={theme} /> : <Text key={item.id}>{item.text}</Text>)}
    </Static>
  );
});

/** Always two rows, so that the prompt below stays where it is. */
function RunningLines({ running, theme }: { readonly running: Running; readonly theme: Theme }): ReactNode {
  const view = useSyncExternalStore(running.feed.subscribe, running.feed.current);
  const { startedAt } = running;
  const { elapsed, tick } = useElapsed(useCallback(() => performance.now() - startedAt, [startedAt]));
  const doing = running.stopping.aborted ? STOPPING : (running.doing ?? view.doing ?? 'connecting');
  return (
    <>
      <StatusLine theme={theme} tick={tick} doing={doing} parts={[elapsedText(elapsed), ...counts(view), 'Ctrl-C stops']} />
      <Text wrap="truncate-end" {...theme.looks.quiet}>
        {'  '}
        {view.reads.at(-1) ?? ''}
      </Text>
    </>
  );
}

/** What is on the screen is scrolled up, not erased: it belongs to the person. */
function useClearing(times: number, rows: number): void {
  const { write } = useStdout();
  const done = useRef(0);
  useEffect(() => {
    if (times === done.current) return;
    done.current = times;
    // CUP (ECMA-48 8.3.21): to the first row, when everything above has gone into the scrollback.
    write(`${'\n'.repeat(rows)}\u001b[H`);
  }, [times, rows, write]);
}

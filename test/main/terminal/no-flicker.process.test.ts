import xterm from '@xterm/headless';
import { afterAll, describe, expect, test } from 'vitest';
import { manyEvents, tellingServer } from '../../fixtures/telling-server.ts';
import { Home } from '../program.ts';
import { Screen } from './screen.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const SECONDS = 2;
/** Ink is asked for twenty; what is finished in between is written with the next one. */
const MOST_FRAMES = 25;
/** Synchronized output (https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036): a terminal shows what stands between the two at once. */
const END = '\u001b[?2026l';
/** A spinner and what is being done. */
const STATUS = /^[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] /;

/** What a person saw: the screen after each frame, as a terminal of that size shows it. */
async function shownFrames(written: string, { columns, rows }: { columns: number; rows: number }): Promise<string[][]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 20_000, allowProposedApi: true });
  const shown: string[][] = [];
  for (const part of written.split(END).slice(0, -1)) {
    await new Promise<void>((resolve) => terminal.write(part + END, resolve));
    const { active } = terminal.buffer;
    shown.push(Array.from({ length: rows }, (_, index) => active.getLine(active.baseY + index)?.translateToString(true) ?? ''));
  }
  return shown;
}

describe.concurrent.each([
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 60, rows: 15 },
  { columns: 40, rows: 5 },
])('200 events a second on a screen of $columns×$rows', (size) => {
  test('are some frames a second, each whole, and none higher than the screen', async () => {
    await using server = await tellingServer(manyEvents(200, SECONDS * 1_000));
    using screen = new Screen(home, ['investigate', 'checkout is failing', '--server', server.url, '--no-llm'], size);
    expect(await screen.exited, await screen.text()).toBe(0);
    // What comes after the live region is the report.
    const live = screen.written.slice(0, screen.written.lastIndexOf(END) + END.length);
    const frames = await shownFrames(live, size);

    // How many a busy machine manages is its own affair.
    expect(frames.length).toBeGreaterThan(SECONDS);
    expect(frames.length).toBeLessThan((SECONDS + 1) * MOST_FRAMES);
    // The first draws it, the last takes it away; on all between them it stands once: never gone, never left behind.
    for (const frame of frames.slice(1, -2))
      expect(
        frame.filter((line) => STATUS.test(line)),
        frame.join('\n'),
      ).toHaveLength(1);
    expect(await mostLiveRows(live)).toBeLessThan(size.rows);
    expect(erasures(live)).toEqual([]);
    // What was finished is in the scrollback once.
    const text = await screen.text();
    expect(text.match(/✖ Insufficient Memory\s+Deployment\s+shop\/worker-25$/gm)).toHaveLength(1);
  });
});

/** The farthest that the cursor was moved up: what is drawn anew is never more than that (CUU, ECMA-48 8.3.22). */
async function mostLiveRows(written: string): Promise<number> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: cursor up
  const frames = written.split(END).map((frame) => [...frame.matchAll(/\u001b\[(\d*)A/g)].reduce((sum, [, rows]) => sum + (Number(rows) || 1), 0));
  return Math.max(...frames);
}

/** Whatever takes the whole screen or the scrollback away: ED 2 and 3, RIS, the alternate screen, the cursor to the first row. */
function erasures(written: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are control sequences
  return written.match(/\u001b\[[23]J|\u001bc|\u001b\[\?1049h|\u001b\[H/g) ?? [];
}

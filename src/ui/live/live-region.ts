/** What of a growing list fits into some rows: the newest of it. */
export function newest<T>(items: readonly T[], rows: number): readonly T[] {
  return rows <= 0 ? [] : items.slice(-rows);
}

/** Rows of the status line, and of the empty line above it. */
const FIXED_ROWS = 2;
const MOST_READS = 5;

/** Rows that reads may take on a screen: a frame that fills the terminal costs the user the scrollback, so one row stays free. */
export function readRows(screenRows: number): number {
  return Math.max(0, Math.min(MOST_READS, screenRows - 1 - FIXED_ROWS));
}

/** Seconds as a person watches them: `0.4 s`, `12 s`, `2 min 5 s`. */
export function elapsedText(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
}

/** What stands behind the step that is under way: how long the run goes on, what came of it so far, and how to end it. */
export function statusParts({ elapsed, counts, stopping }: { elapsed: number; counts: readonly string[]; stopping: boolean }): string[] {
  return [elapsedText(elapsed), ...counts, stopping ? 'Ctrl-C again quits' : 'Ctrl-C stops and reports'];
}

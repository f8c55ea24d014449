import type { WakeUps } from './wake-ups.ts';

/** What another process adds wakes nobody here, where that cannot be told. */
const LOOK_MS = 5_000;

export interface Following {
  /** What is new since the last look, and whether that was all. */
  readonly look: () => Promise<{ readonly text: string; readonly isOver: boolean }> | { readonly text: string; readonly isOver: boolean };
  readonly wakeUps: WakeUps;
  /** What wakes it: the id of an incident, or of an answer. */
  readonly id: string;
  readonly heartbeatMs: number;
  readonly signal: AbortSignal;
}

/** What becomes known of something, as it comes; a comment now and then while nothing does. */
export async function* followed({ look, wakeUps, id, heartbeatMs, signal }: Following): AsyncGenerator<string> {
  let beat = performance.now();
  while (!signal.aborted) {
    const change = wakeUps.next(id, Math.min(LOOK_MS, heartbeatMs), signal);
    const { text, isOver } = await look();
    if (text !== '') {
      beat = performance.now();
      yield text;
    }
    if (isOver) return;
    await change;
    if (performance.now() - beat >= heartbeatMs) {
      beat = performance.now();
      yield ': still here\n\n';
    }
  }
}

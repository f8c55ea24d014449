import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';

/** Beside a thread that has something to do, one tenth of a processor is left to this one. */
const STEPS = 10;
const LAST = 19;

/**
 * The thread that calls it takes what the others of this process leave of the processors: an investigation may wait a moment, an answer
 * may not. Linux alone has priorities of threads (setpriority(2), "C library/kernel differences"), and everybody may lower their own.
 */
export function stepBack(): void {
  try {
    const thread = Number(basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, Math.min(getPriority(thread) + STEPS, LAST));
  } catch {
    // Elsewhere all threads are equal.
  }
}

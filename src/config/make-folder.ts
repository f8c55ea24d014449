import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/** A folder for its owner only, one after the other: Node's recursive mkdir never returns where the kernel answers ENOENT, as below /proc (seen in Node 24). */
export function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

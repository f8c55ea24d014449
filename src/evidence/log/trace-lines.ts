/** Of a run of frames the first and the last are kept: where it failed, and where it came from. */
const FIRST_FRAMES = 4;
const LAST_FRAMES = 6;
const MAX_LINES = 160;
const FRAME = /^\s+(?:at |File "|from |\d+: 0x|\.\.\. \d)|^\s{4,}\S|^#\d+ |^\t/;

/** The lines of one trace, without the middle of long runs of frames. */
export class TraceLines {
  readonly #lines: string[] = [];
  #run = 0;
  #last: string[] = [];

  add(line: string): void {
    if (this.#lines.length >= MAX_LINES) return;
    if (!FRAME.test(line) || line.includes('Caused by:')) {
      this.#endRun();
      this.#lines.push(line);
      return;
    }
    this.#run += 1;
    if (this.#run <= FIRST_FRAMES) this.#lines.push(line);
    else if (this.#last.push(line) > LAST_FRAMES) this.#last.shift();
  }

  all(): readonly string[] {
    this.#endRun();
    return this.#lines;
  }

  #endRun(): void {
    const skipped = this.#run - FIRST_FRAMES - this.#last.length;
    if (skipped > 0) this.#lines.push(`    … ${skipped} more lines`);
    this.#lines.push(...this.#last);
    this.#run = 0;
    this.#last = [];
  }
}

import xterm from '@xterm/headless';
import type { Run } from './terminal-svg.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The end of a synchronized update: what is on the screen then is a frame. */
const FRAME_END = '\u001b[?2026l';

/** Everything that stands in the terminal after each frame of what a program wrote. */
export async function framesOf(written: string, { columns, rows }: Size): Promise<readonly (readonly (readonly Run[])[])[]> {
  const terminal = new xterm.Terminal({ cols: columns, rows, scrollback: 5_000, allowProposedApi: true });
  const frames: (readonly (readonly Run[])[])[] = [];
  for (const part of written.split(FRAME_END)) {
    await new Promise<void>((parsed) => terminal.write(part, parsed));
    frames.push(linesOf(terminal));
  }
  return frames;
}

export function plain(lines: readonly (readonly Run[])[]): string {
  return lines.map((runs) => runs.map(({ text }) => text).join('')).join('\n');
}

function linesOf({ buffer, cols }: InstanceType<typeof xterm.Terminal>): (readonly Run[])[] {
  const lines = Array.from({ length: buffer.active.length }, (_, index) => runsOf(buffer.active.getLine(index), cols));
  while (lines.length > 0 && (lines.at(-1) ?? []).every(({ text }) => text.trim() === '')) lines.pop();
  return lines;
}

type Line = ReturnType<InstanceType<typeof xterm.Terminal>['buffer']['active']['getLine']>;

function runsOf(line: Line, columns: number): Run[] {
  const runs: Run[] = [];
  for (let column = 0; line !== undefined && column < columns; column += 1) {
    const cell = line.getCell(column);
    if (cell === undefined || cell.getWidth() === 0) continue;
    const look = {
      color: cell.isFgPalette() ? cell.getFgColor() : undefined,
      bold: cell.isBold() !== 0,
      dim: cell.isDim() !== 0,
      inverse: cell.isInverse() !== 0,
    };
    const text = cell.getChars() || ' ';
    const last = runs.at(-1);
    if (last !== undefined && (['color', 'bold', 'dim', 'inverse'] as const).every((part) => last[part] === look[part]))
      runs[runs.length - 1] = { ...last, text: last.text + text, cells: last.cells + cell.getWidth() };
    else runs.push({ ...look, column, text, cells: cell.getWidth() });
  }
  return runs;
}

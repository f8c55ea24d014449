import { printableLine } from '../report/printable.ts';
import { displayWidth, truncate } from '../report/wrap.ts';
import type { Table } from './result.ts';

const GAP = 3;
/** Before a column gets narrower than this, one that can be done without is left out. */
const READABLE = 16;
const NARROWEST = 8;

/** Columns as kubectl prints them: upper-case heads, three spaces between. On a screen of `width` cells columns are left out and cut until the lines fit. */
export function renderTable({ columns, rows, whenEmpty, expendable = [] }: Table, width: number): string {
  if (rows.length === 0) return `${whenEmpty}\n`;
  const cells = [columns.map((column) => column.toUpperCase().replaceAll('_', ' ')), ...rows.map((row) => row.map(printableLine))];
  let shown = columns.map((name, index) => ({ name, index, width: Math.max(...cells.map((line) => displayWidth(line[index] ?? ''))) }));
  for (const name of expendable) {
    if (total(shown.map((column, place) => (place === 0 ? column.width : Math.min(column.width, READABLE)))) <= width) break;
    shown = shown.filter((column) => column.name !== name);
  }
  const widths = fitted(
    shown.map((column) => column.width),
    width,
  );
  return cells
    .map(
      (line) =>
        `${shown
          .map(({ index }, place) => padded(line[index] ?? '', widths[place] ?? 0))
          .join(' '.repeat(GAP))
          .trimEnd()}\n`,
    )
    .join('');
}

/** The widths with the widest columns narrowed until all fit, as far as that goes; never the first, by which a row is asked for. */
function fitted(widths: readonly number[], width: number): readonly number[] {
  const fitting = [...widths];
  for (let excess = total(fitting) - width; excess > 0; excess -= 1) {
    const widest = fitting.lastIndexOf(Math.max(...fitting.slice(1)));
    if (widest < 1 || (fitting[widest] ?? 0) <= NARROWEST) break;
    fitting[widest] = (fitting[widest] ?? 0) - 1;
  }
  return fitting;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each + GAP, -GAP);
}

function padded(cell: string, width: number): string {
  const shown = truncate(cell, width);
  return shown + ' '.repeat(width - displayWidth(shown));
}

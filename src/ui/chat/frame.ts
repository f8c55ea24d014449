import type { Paint } from '../../report/paint.ts';
import { printableLine } from '../../report/printable.ts';
import { displayWidth, truncate } from '../../report/wrap.ts';
import { newest } from '../live/live-region.ts';
import type { Prompt } from './prompt.ts';

export interface FrameOptions {
  readonly prompt: Prompt;
  readonly history: readonly string[];
  /** Where the session is, in pieces: cluster, namespace, incident. */
  readonly where: readonly string[];
  /** Lines that wait until the answer that is running has ended. */
  readonly queued: number;
  /** One line about a key that was pressed. */
  readonly notice: string | undefined;
  readonly columns: number;
  /** Rows that all of this may take. */
  readonly rows: number;
  readonly paint: Paint;
  readonly unicode: boolean;
}

export interface Frame {
  readonly lines: readonly string[];
  readonly cursor: { readonly x: number; readonly y: number };
}

const MAX_TEXT_ROWS = 8;
const MAX_MENU_ROWS = 6;

/** The lines at the bottom of the screen: where one is, what is being written, and what it may become. Pure, and never higher than `rows`. */
export function frame(options: FrameOptions): Frame {
  const { rows, columns, where, queued, notice, paint, unicode } = options;
  const separator = unicode ? ' · ' : ', ';
  const head = truncate([...(queued > 0 ? [`${queued} waiting`] : []), ...where].map(printableLine).join(separator), columns - 1);
  const text = options.prompt.search === undefined ? written(options) : searched(options);
  const left = Math.max(0, rows - 1 - text.lines.length);
  const menu = notice === undefined ? menuLines(options, Math.min(MAX_MENU_ROWS, left)) : [paint('quiet', truncate(notice, columns - 1))].slice(0, left);
  const above = rows > text.lines.length ? [paint('quiet', head)] : [];
  return { lines: [...above, ...text.lines, ...menu], cursor: { x: text.cursor.x, y: above.length + text.cursor.y } };
}

const SIGN = { unicode: '❯ ', ascii: '> ' };
const INDENT = '  ';

/** The lines around the cursor, each cut to a window around it. */
function written({ prompt: { editor }, rows, columns, paint, unicode }: FrameOptions): Frame {
  const most = Math.max(1, Math.min(MAX_TEXT_ROWS, Math.floor((rows - 1) / 2)));
  const { lines, row, column } = editor;
  const first = Math.max(0, Math.min(row - Math.floor(most / 2), lines.length - most));
  const shown = lines.slice(first, first + most);
  const room = Math.max(4, columns - 3);
  const windows = shown.map((line, index) => windowOf(line, first + index === row ? column : 0, room));
  const hidden = lines.length - shown.length;
  const sign = paint('good', unicode ? SIGN.unicode : SIGN.ascii);
  const texts = windows.map(({ text }, index) => `${first + index === 0 ? sign : INDENT}${text}`);
  const counted = hidden > 0 ? [paint('quiet', `${INDENT}${lines.length} lines, ${first + 1} to ${first + shown.length} shown`)] : [];
  return { lines: [...texts, ...counted], cursor: { x: INDENT.length + (windows[row - first]?.x ?? 0), y: row - first } };
}

/** A part of a line that holds the column, at most `room` cells, and where in it the cursor stands. */
function windowOf(line: string, column: number, room: number): { text: string; x: number } {
  const whole = printableCells(line);
  if (displayWidth(whole) < room) return { text: whole, x: displayWidth(printableCells(line.slice(0, column))) };
  // Moves by half a window, so that the text does not run under the cursor with every letter.
  const step = Math.max(1, Math.floor(room / 2));
  const start = Math.max(0, Math.floor(column / step) - 1) * step;
  const front = printableCells(line.slice(start, column));
  return { text: fitting(printableCells(line.slice(start, start + room)), room), x: Math.min(room, displayWidth(front)) };
}

/** Nothing that was pasted moves the cursor; each character keeps its place. */
function printableCells(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is replaced
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '?');
}

function fitting(text: string, room: number): string {
  let cut = text;
  while (displayWidth(cut) > room) cut = cut.slice(0, -1);
  return cut;
}

function searched({ prompt: { search }, history, columns, paint }: FrameOptions): Frame {
  const { query = '', found } = search ?? {};
  const label = `${query !== '' && found === undefined ? 'not found' : 'search'}: ${printableLine(query)}`;
  const match = found === undefined ? '' : printableLine(history[found] ?? '');
  const shown = truncate(label, columns - 2);
  const rest = Math.max(0, columns - displayWidth(shown) - 5);
  const text = match === '' || rest < 8 ? '' : `  ${truncate(match, rest)}`;
  return { lines: [`${paint('warning', shown)}${text}`], cursor: { x: displayWidth(shown), y: 0 } };
}

function menuLines({ prompt: { menu }, columns, paint }: FrameOptions, rows: number): string[] {
  if (menu === undefined || rows < 1) return [];
  const { words, chosen = 0 } = menu;
  const over = words.length > rows;
  const room = over ? rows - 1 : rows;
  const first = Math.max(0, Math.min(chosen - room + 1, words.length - room));
  const shown = words.slice(first, first + Math.max(1, room));
  const width = Math.min(Math.max(...shown.map(({ word }) => displayWidth(word))), Math.floor(columns / 2));
  const lines = shown.map(({ word, help }, index) => {
    const name = truncate(printableLine(word), width);
    const padded = help === '' ? name : `${name}${' '.repeat(Math.max(0, width - displayWidth(name)))}`;
    const helped = truncate(printableLine(help), Math.max(1, columns - width - 6));
    return `  ${paint(first + index === menu.chosen ? 'object' : 'title', padded)}  ${paint('quiet', helped)}`.trimEnd();
  });
  return newest([...lines, ...(over && rows > 1 ? [paint('quiet', `  and ${words.length - shown.length} more`)] : [])], rows).slice();
}

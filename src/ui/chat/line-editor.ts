const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A text and a place in it. Held line by line, so that a key costs the same in five thousand lines as in one. */
interface Place {
  readonly lines: readonly string[];
  readonly row: number;
  /** In UTF-16 units of the line; always between two graphemes. */
  readonly column: number;
}

/** A text under the cursor, what was cut of it, and what it was before. */
export interface Editor extends Place {
  /** What was cut last, to be put back. */
  readonly killed: string;
  /** What was done last: cuts in a row become one, letters in a row are undone together. */
  readonly doing: 'cutting' | 'typing' | undefined;
  readonly past: readonly Place[];
}

const MAX_UNDO = 100;

export const EMPTY_EDITOR: Editor = { lines: [''], row: 0, column: 0, killed: '', doing: undefined, past: [] };

export const textOf = ({ lines }: Editor): string => lines.join('\n');
export const isEmpty = ({ lines }: Editor): boolean => lines.length === 1 && lines[0] === '';
export const lineOf = ({ lines, row }: Editor): string => lines[row] ?? '';

/** The editor with another text, the cursor at its end. */
export function withText(editor: Editor, text: string): Editor {
  const lines = text.split('\n');
  return { ...editor, lines, row: lines.length - 1, column: lines.at(-1)?.length ?? 0, doing: undefined, past: pastOf(editor) };
}

export function insert(editor: Editor, text: string): Editor {
  const line = lineOf(editor);
  const [first = '', ...rest] = text.split('\n');
  const front = line.slice(0, editor.column) + first;
  const back = line.slice(editor.column);
  if (rest.length === 0) {
    const typed = changed(editor, [front + back], { row: editor.row, column: front.length });
    return { ...typed, doing: 'typing', past: editor.doing === 'typing' && text !== ' ' ? editor.past : typed.past };
  }
  const last = rest.at(-1) ?? '';
  return changed(editor, [front, ...rest.slice(0, -1), last + back], { row: editor.row + rest.length, column: last.length });
}

/** Puts `lines` in place of `replaced` lines from the cursor's on. */
function changed(editor: Editor, lines: readonly string[], at: { row: number; column: number }, { from = editor.row, replaced = 1 } = {}): Editor {
  const all = [...editor.lines];
  // Spread into splice, five thousand lines would be as many arguments.
  const next = all.slice(0, from).concat(lines, all.slice(from + replaced));
  return { ...editor, lines: next, ...at, doing: undefined, past: pastOf(editor) };
}

const pastOf = ({ past, lines, row, column }: Editor): Editor['past'] => [...past.slice(1 - MAX_UNDO), { lines, row, column }];

export function undo(editor: Editor): Editor {
  const last = editor.past.at(-1);
  return last === undefined ? editor : { ...editor, ...last, doing: undefined, past: editor.past.slice(0, -1) };
}

const moved = (editor: Editor, row: number, column: number): Editor => ({ ...editor, row, column, doing: undefined });

/** The start of the grapheme before a place in a line, the end of the one behind it. */
function beforeIn(line: string, column: number): number {
  let last = 0;
  for (const { index } of GRAPHEMES.segment(line.slice(0, column))) last = index;
  return last;
}
function behindIn(line: string, column: number): number {
  const [next] = GRAPHEMES.segment(line.slice(column));
  return column + (next?.segment.length ?? 0);
}

export function left(editor: Editor): Editor {
  const { row, column, lines } = editor;
  if (column > 0) return moved(editor, row, beforeIn(lineOf(editor), column));
  return row === 0 ? editor : moved(editor, row - 1, lines[row - 1]?.length ?? 0);
}

export function right(editor: Editor): Editor {
  const { row, column, lines } = editor;
  if (column < lineOf(editor).length) return moved(editor, row, behindIn(lineOf(editor), column));
  return row === lines.length - 1 ? editor : moved(editor, row + 1, 0);
}

/** undefined at the first line: there is nothing above. */
export function up(editor: Editor): Editor | undefined {
  return editor.row === 0 ? undefined : moved(editor, editor.row - 1, snapped(editor.lines[editor.row - 1] ?? '', editor.column));
}
export function down(editor: Editor): Editor | undefined {
  return editor.row === editor.lines.length - 1 ? undefined : moved(editor, editor.row + 1, snapped(editor.lines[editor.row + 1] ?? '', editor.column));
}

/** A place between graphemes of the line, at or before the column. */
function snapped(line: string, column: number): number {
  if (column >= line.length) return line.length;
  return column === 0 ? 0 : beforeIn(line, behindIn(line, column));
}

export const toStart = (editor: Editor): Editor => moved(editor, editor.row, 0);
export const toEnd = (editor: Editor): Editor => moved(editor, editor.row, lineOf(editor).length);

const WORD = /[\p{L}\p{N}_]/u;

function wordStart(line: string, column: number): number {
  let at = column;
  while (at > 0 && !WORD.test(line[at - 1] ?? '')) at -= 1;
  while (at > 0 && WORD.test(line[at - 1] ?? '')) at -= 1;
  return at;
}
function wordEnd(line: string, column: number): number {
  let at = column;
  while (at < line.length && !WORD.test(line[at] ?? '')) at += 1;
  while (at < line.length && WORD.test(line[at] ?? '')) at += 1;
  return at;
}

export function wordLeft(editor: Editor): Editor {
  return editor.column === 0 ? left(editor) : moved(editor, editor.row, wordStart(lineOf(editor), editor.column));
}
export function wordRight(editor: Editor): Editor {
  return editor.column === lineOf(editor).length ? right(editor) : moved(editor, editor.row, wordEnd(lineOf(editor), editor.column));
}

export function deleteBack(editor: Editor): Editor {
  const { row, column, lines } = editor;
  const line = lineOf(editor);
  if (column > 0) {
    const from = beforeIn(line, column);
    return changed(editor, [line.slice(0, from) + line.slice(column)], { row, column: from });
  }
  if (row === 0) return editor;
  const above = lines[row - 1] ?? '';
  return changed(editor, [above + line], { row: row - 1, column: above.length }, { from: row - 1, replaced: 2 });
}

export function deleteForward(editor: Editor): Editor {
  const { row, column, lines } = editor;
  const line = lineOf(editor);
  if (column < line.length) return changed(editor, [line.slice(0, column) + line.slice(behindIn(line, column))], { row, column });
  return row === lines.length - 1 ? editor : changed(editor, [line + (lines[row + 1] ?? '')], { row, column }, { replaced: 2 });
}

/** Cuts a part of the line; cuts that follow each other become one. */
function kill(editor: Editor, from: number, to: number): Editor {
  const line = lineOf(editor);
  const cut = line.slice(from, to);
  const backward = from < editor.column;
  const killed = editor.doing === 'cutting' ? (backward ? cut + editor.killed : editor.killed + cut) : cut;
  return { ...changed(editor, [line.slice(0, from) + line.slice(to)], { row: editor.row, column: from }), killed, doing: 'cutting' };
}

/** To the end of the line; at its end, the break. */
export function killToEnd(editor: Editor): Editor {
  const line = lineOf(editor);
  if (editor.column < line.length) return kill(editor, editor.column, line.length);
  if (editor.row === editor.lines.length - 1) return editor;
  return { ...deleteForward(editor), killed: editor.doing === 'cutting' ? `${editor.killed}\n` : '\n', doing: 'cutting' };
}
export const killToStart = (editor: Editor): Editor => (editor.column === 0 ? editor : kill(editor, 0, editor.column));
export const killWordRight = (editor: Editor): Editor => kill(editor, editor.column, wordEnd(lineOf(editor), editor.column));
export const killWordLeft = (editor: Editor): Editor => kill(editor, wordStart(lineOf(editor), editor.column), editor.column);

/** Ctrl-W of a shell: back to the last blank. */
export function killBlankLeft(editor: Editor): Editor {
  const front = lineOf(editor).slice(0, editor.column);
  return kill(editor, front.search(/\S+\s*$/) === -1 ? 0 : front.search(/\S+\s*$/), editor.column);
}

export const yank = (editor: Editor): Editor => (editor.killed === '' ? editor : insert(editor, editor.killed));

/** Swaps the two letters around the cursor; at the end, the last two. */
export function transpose(editor: Editor): Editor {
  const line = lineOf(editor);
  const at = Math.min(editor.column, line.length - 1);
  if (at < 1) return editor;
  const swapped = `${line.slice(0, at - 1)}${line[at]}${line[at - 1]}${line.slice(at + 1)}`;
  return changed(editor, [swapped], { row: editor.row, column: at + 1 });
}

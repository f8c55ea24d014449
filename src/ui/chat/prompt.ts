import { BINDINGS } from './bindings.ts';
import { type HistorySearch, type HistoryWalk, NO_WALK, newer, older, searchBack, searchForward } from './history.ts';
import type { Keystroke } from './keys.ts';
import { down, type Editor, EMPTY_EDITOR, insert, isEmpty, lineOf, textOf, up, withText } from './line-editor.ts';

export interface Menu {
  readonly words: readonly { readonly word: string; readonly help: string }[];
  /** The one that Tab has put in; undefined: none yet. */
  readonly chosen: number | undefined;
  /** Where the word begins in the line of the cursor. */
  readonly start: number;
}

/** The line that is being written, and everything around it. */
export interface Prompt {
  readonly editor: Editor;
  readonly walk: HistoryWalk;
  readonly search: HistorySearch | undefined;
  readonly menu: Menu | undefined;
}

export const EMPTY_PROMPT: Prompt = { editor: EMPTY_EDITOR, walk: NO_WALK, search: undefined, menu: undefined };

/** What a key asks of whoever holds the prompt. */
export type Effect =
  | { readonly type: 'submit'; readonly text: string }
  | { readonly type: 'complete'; readonly step: 1 | -1 }
  /** Ctrl-C: the answer that is running, else the line. */
  | { readonly type: 'interrupt' }
  | { readonly type: 'leave' }
  | { readonly type: 'clear-screen' };

export interface Pressed {
  readonly prompt: Prompt;
  readonly effect?: Effect;
}

/** The prompt after a key. Pure: `history` is what was said before, the oldest first. */
export function press(prompt: Prompt, key: Keystroke, history: readonly string[]): Pressed {
  if (prompt.search !== undefined) return pressInSearch(prompt, prompt.search, key, history);
  const { editor } = prompt;
  switch (key.name) {
    case 'enter':
      return enter(prompt);
    case 'M-enter':
    case 'S-enter':
    case 'linefeed':
      return edited(prompt, insert(editor, '\n'));
    case 'text':
      return edited(prompt, insert(editor, key.text));
    case 'tab':
      return { prompt, effect: { type: 'complete', step: 1 } };
    case 'S-tab':
      return { prompt, effect: { type: 'complete', step: -1 } };
    case 'escape':
      return { prompt: { ...prompt, menu: undefined } };
    case 'up':
    case 'C-p':
      return upOr(prompt, history);
    case 'down':
    case 'C-n':
      return downOr(prompt, history);
    case 'C-r':
      return { prompt: { ...prompt, menu: undefined, search: { query: '', found: undefined } } };
    case 'C-c':
      return { prompt, effect: { type: 'interrupt' } };
    case 'C-l':
      return { prompt, effect: { type: 'clear-screen' } };
    case 'C-d':
      if (isEmpty(editor)) return { prompt, effect: { type: 'leave' } };
  }
  const change = BINDINGS[key.name];
  return change === undefined ? { prompt } : edited(prompt, change(editor));
}

/** What was pasted stays as it is, its breaks too; it never submits. */
export function paste(prompt: Prompt, text: string): Prompt {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\t/g, '  ');
  if (prompt.search !== undefined) return { ...prompt, search: undefined, editor: insert(prompt.editor, plain) };
  return edited(prompt, insert(prompt.editor, plain)).prompt;
}

function edited(prompt: Prompt, editor: Editor): Pressed {
  return { prompt: { ...prompt, editor, menu: undefined, walk: textOfIsSame(prompt.editor, editor) ? prompt.walk : NO_WALK } };
}

const textOfIsSame = (a: Editor, b: Editor): boolean => a.lines === b.lines;

/** A backslash at the end of the line goes on with another, as in a shell. */
function enter(prompt: Prompt): Pressed {
  const { editor } = prompt;
  if (lineOf(editor).endsWith('\\') && editor.column === lineOf(editor).length) {
    const line = { ...editor, lines: editor.lines.with(editor.row, lineOf(editor).slice(0, -1)), column: editor.column - 1 };
    return edited(prompt, insert(line, '\n'));
  }
  return { prompt: { ...EMPTY_PROMPT, editor: { ...EMPTY_EDITOR, killed: editor.killed } }, effect: { type: 'submit', text: textOf(editor) } };
}

function upOr(prompt: Prompt, history: readonly string[]): Pressed {
  const above = up(prompt.editor);
  if (above !== undefined && prompt.walk.at === undefined) return { prompt: { ...prompt, editor: above } };
  const step = older(history, prompt.walk, textOf(prompt.editor));
  return step === undefined ? { prompt } : { prompt: { ...prompt, menu: undefined, walk: step.walk, editor: withText(prompt.editor, step.text) } };
}

function downOr(prompt: Prompt, history: readonly string[]): Pressed {
  const below = down(prompt.editor);
  if (below !== undefined && prompt.walk.at === undefined) return { prompt: { ...prompt, editor: below } };
  const step = newer(history, prompt.walk);
  return step === undefined ? { prompt } : { prompt: { ...prompt, menu: undefined, walk: step.walk, editor: withText(prompt.editor, step.text) } };
}

function pressInSearch(prompt: Prompt, search: HistorySearch, key: Keystroke, history: readonly string[]): Pressed {
  const found = search.found === undefined ? undefined : history[search.found];
  const accepted: Prompt = { ...prompt, search: undefined, walk: NO_WALK, editor: found === undefined ? prompt.editor : withText(prompt.editor, found) };
  switch (key.name) {
    case 'C-r':
      return searching(prompt, searchBack(history, search.query, search.found), search);
    case 'C-s':
      return searching(prompt, searchForward(history, search.query, search.found ?? history.length), search);
    case 'text':
      return searching(prompt, searchBack(history, search.query + key.text, search.found === undefined ? undefined : search.found + 1));
    case 'backspace':
      return searching(prompt, searchBack(history, search.query.slice(0, -1)));
    case 'C-g':
    case 'C-c':
      return { prompt: { ...prompt, search: undefined } };
    case 'enter':
      return enter(accepted);
    case 'escape':
    case 'tab':
      return { prompt: accepted };
    default:
      return press(accepted, key, history);
  }
}

/** Where no further line holds the query, the one found last stays. */
function searching(prompt: Prompt, next: HistorySearch, last?: HistorySearch): Pressed {
  return { prompt: { ...prompt, search: next.found === undefined && last !== undefined ? last : next } };
}

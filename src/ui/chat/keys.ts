import type { Key } from 'ink';

/** One key as it is named in the table of bindings: `C-a`, `M-f`, `left`, `C-left`, `enter`; `text` where it is a letter. */
export interface Keystroke {
  readonly name: string;
  readonly text: string;
}

const NAMED: readonly (readonly [keyof Key, string])[] = [
  ['upArrow', 'up'],
  ['downArrow', 'down'],
  ['leftArrow', 'left'],
  ['rightArrow', 'right'],
  ['pageUp', 'pageup'],
  ['pageDown', 'pagedown'],
  ['home', 'home'],
  ['end', 'end'],
  ['return', 'enter'],
  ['escape', 'escape'],
  ['tab', 'tab'],
  ['backspace', 'backspace'],
  ['delete', 'delete'],
];

/** What was pressed. Keys that arrive together, over a slow line, are taken one by one. */
export function keystrokes(input: string, key: Key): Keystroke[] {
  const modifiers = `${key.ctrl ? 'C-' : ''}${key.meta ? 'M-' : ''}`;
  const named = NAMED.find(([flag]) => key[flag] === true)?.[1];
  if (named !== undefined) return [{ name: `${modifiers}${key.shift && named !== 'backspace' ? 'S-' : ''}${named}`, text: '' }];
  if (key.ctrl || key.meta) return input === '' ? [] : [{ name: `${modifiers}${input.toLowerCase()}`, text: '' }];
  // What was typed before the program listened comes at once, with its Enter as a line feed (termios ICRNL).
  if (input === '\n') return [{ name: 'linefeed', text: '' }];
  return [...input.matchAll(PIECES)].map(([piece]) => CONTROL[piece] ?? (piece < ' ' ? controlKey(piece) : { name: 'text', text: piece }));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are keys
const PIECES = /[\u0000-\u001f\u007f]|[^\u0000-\u001f\u007f]+/g;
const CONTROL: Readonly<Record<string, Keystroke>> = {
  '\r': { name: 'enter', text: '' },
  '\n': { name: 'enter', text: '' },
  '\t': { name: 'tab', text: '' },
  '\u007f': { name: 'backspace', text: '' },
  '\b': { name: 'backspace', text: '' },
};

/** Ctrl-A is sent as 1 (ECMA-6, control characters). */
function controlKey(code: string): Keystroke {
  return { name: `C-${String.fromCharCode(code.charCodeAt(0) + 96)}`, text: '' };
}

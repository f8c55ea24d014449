/** How many colours the terminal has. Only the 16 of its own theme are used, so that the report fits any background. */
export type ColorDepth = 'none' | '16' | '256' | 'truecolor';

/** What a piece of text is; the paint decides what that looks like. */
export type Role = 'title' | 'object' | 'quiet' | 'id' | 'command' | 'good' | 'bad' | 'warning';

export type Paint = (role: Role, text: string) => string;

// Select Graphic Rendition codes (ECMA-48 8.3.117): what switches on, and what switches off again.
const CODES: Readonly<Record<Role, readonly [string, string]>> = {
  title: ['1', '22'],
  object: ['36', '39'],
  quiet: ['2', '22'],
  id: ['34', '39'],
  command: ['35', '39'],
  good: ['32', '39'],
  bad: ['1;31', '22;39'],
  warning: ['33', '39'],
};

/** A paint for the given depth; with `none` it leaves the text as it is. */
export function paintFor(color: ColorDepth): Paint {
  if (color === 'none') return (_, text) => text;
  return (role, text) => (text === '' ? '' : `\u001b[${CODES[role][0]}m${text}\u001b[${CODES[role][1]}m`);
}

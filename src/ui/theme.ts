import type { ColorDepth } from '../report/paint.ts';

/** How a piece of the screen looks. Only the terminal's own colours are named, so that any background fits. */
interface Look {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
}

type Part = 'quiet' | 'good' | 'bad' | 'warning' | 'object';

export interface Theme {
  readonly looks: Readonly<Record<Part, Look>>;
  readonly spinner: readonly string[];
  readonly marks: Readonly<Record<'start' | 'done' | 'finding' | 'gap' | 'failed', string>>;
  readonly separator: string;
}

const PAINTED: Theme['looks'] = {
  quiet: { dimColor: true },
  good: { color: 'green' },
  bad: { color: 'red', bold: true },
  warning: { color: 'yellow' },
  object: { color: 'cyan' },
};
const PLAIN: Theme['looks'] = { quiet: {}, good: {}, bad: {}, warning: {}, object: {} };

export function themeFor({ color, unicode }: { readonly color: ColorDepth; readonly unicode: boolean }): Theme {
  const looks = color === 'none' ? PLAIN : PAINTED;
  return unicode
    ? { looks, spinner: [...'⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'], marks: { start: '•', done: '✔', finding: '✖', gap: '?', failed: '!' }, separator: ' · ' }
    : { looks, spinner: ['|', '/', '-', '\\'], marks: { start: '*', done: '+', finding: 'x', gap: '?', failed: '!' }, separator: ', ' };
}

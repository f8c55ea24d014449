/** The few signs that a report is drawn with. */
export interface Glyphs {
  readonly rule: string;
  readonly bullet: string;
  readonly cause: string;
  readonly fine: string;
  readonly open: string;
  readonly branch: string;
  readonly lastBranch: string;
  readonly trunk: string;
  readonly separator: string;
}

const UNICODE: Glyphs = { rule: '─', bullet: '•', cause: '✖', fine: '✔', open: '?', branch: '├─▶ ', lastBranch: '└─▶ ', trunk: '│   ', separator: ' · ' };
const ASCII: Glyphs = { rule: '-', bullet: '*', cause: 'x', fine: '+', open: '?', branch: '|-> ', lastBranch: '`-> ', trunk: '|   ', separator: ', ' };

export function glyphsFor(unicode: boolean): Glyphs {
  return unicode ? UNICODE : ASCII;
}

const PLAIN: Readonly<Record<string, string>> = {
  '…': '...',
  '−': '-',
  '–': '-',
  '—': '-',
  '×': 'x',
  '→': '->',
  '·': '-',
  '≥': '>=',
  '≤': '<=',
  '\u00a0': '\u00a0',
  '│': '|',
  '├': '|',
  '└': '`',
  '─': '-',
};

/** For terminals without Unicode: the common signs spelled out, everything else beyond ASCII as a question mark. */
export function toAscii(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything but ASCII is meant
  return text.replace(/[^\u0000-\u007f]/gu, (sign) => PLAIN[sign] ?? '?');
}

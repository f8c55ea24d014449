/** A piece of a line in one look. */
export interface Run {
  readonly column: number;
  readonly cells: number;
  readonly text: string;
  /** 0 to 15, or the terminal's own. */
  readonly color: number | undefined;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly inverse: boolean;
}

const CELL = { width: 8.4, height: 18 };
const PADDING = 16;
const BAR = 28;
const INK = '#d6dae2';
const PAPER = '#16181d';
const PALETTE = [
  '#3b4048',
  '#ff6b68',
  '#8cc265',
  '#e5c07b',
  '#61afef',
  '#c678dd',
  '#4fc1d9',
  INK,
  '#7f8794',
  '#ff8b88',
  '#a5e075',
  '#f0d08b',
  '#82c4ff',
  '#de98ee',
  '#7fdcef',
  '#ffffff',
];

/** Lines of a terminal as an SVG that stands alone. Every run is as wide as its cells, whatever font is there. */
export function terminalSvg(lines: readonly (readonly Run[])[], { title, columns }: { title: string; columns: number }): string {
  const width = Math.ceil(columns * CELL.width + 2 * PADDING);
  const height = lines.length * CELL.height + BAR + 2 * PADDING;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map((fill, index) => `<circle cx="${PADDING + 4 + index * 18}" cy="${BAR / 2 + 2}" r="5.5" fill="${fill}"/>`);
  const texts = lines.flatMap((runs, row) => runs.filter(({ text }) => text.trim() !== '').map((run) => runText(run, BAR + PADDING + row * CELL.height + 13)));
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="${PAPER}"/>`,
    ...dots,
    `<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">`,
    ...texts,
    '</g>',
    '</svg>',
  ].join('\n')}\n`;
}

function runText(run: Run, y: number): string {
  const { column, cells, text, color, bold, dim, inverse } = run.inverse ? run : withoutBlankEnds(run);
  const x = PADDING + column * CELL.width;
  const fill = color === undefined ? INK : (PALETTE[color] ?? INK);
  const width = round(cells * CELL.width);
  const paper = inverse ? `<rect x="${round(x)}" y="${y - 13}" width="${width}" height="${CELL.height}" fill="${fill}"/>` : '';
  const look = `${bold ? ' font-weight="700"' : ''}${dim ? ' opacity="0.62"' : ''}`;
  return `${paper}<text x="${round(x)}" y="${y}" textLength="${width}" lengthAdjust="spacingAndGlyphs" fill="${inverse ? PAPER : fill}"${look}>${escaped(text)}</text>`;
}

/** Blanks at the ends are not drawn, so the width of a run would be shared among too few letters. */
function withoutBlankEnds(run: Run): Run {
  const text = run.text.trim();
  const before = run.text.length - run.text.trimStart().length;
  return { ...run, text, column: run.column + before, cells: run.cells - (run.text.length - text.length) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('  ', '\u00a0\u00a0');
}

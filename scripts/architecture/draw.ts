import { ARROWS, BOXES, type Box, LAYERS } from './picture.ts';

const [LEFT, TOP, COLUMN, ROW, GAP, HEIGHT] = [140, 96, 162, 96, 26, 50];
const WIDTH = LEFT + 6 * COLUMN + 20;
const INK = '#1f2937';
const PALE = ['#eef2ff', '#ecfeff', '#fef9c3', '#f0fdf4', '#fff7ed', '#f3f4f6', '#f3f4f6'];

const NOT_DRAWN = ['Ground and words: every room above them', 'may import them; no arrow says so.'];

interface Point {
  readonly x: number;
  readonly y: number;
}

/** docs/images/architecture.svg: every room, and the imports between them that carry a run. */
export function drawArchitecture(): string {
  const height = TOP + 8 * ROW - 16;
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="system-ui, sans-serif" role="img">`,
    '<title>The rooms of src/ in their layers, and which imports which</title>',
    `<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 10 5 0 10z" fill="#475569"/></marker></defs>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<rect x="14" y="14" width="${WIDTH - 28}" height="44" rx="8" fill="#e2e8f0"/>`,
    text({ x: WIDTH / 2, y: 41 }, 'wiring: the one place where real things are put together; below main.ts, and above every room', 14, 'middle'),
    ...LAYERS.flatMap(band),
    ...ARROWS.map(([from, to, way]) => arrow(path(boxOf(from), boxOf(to), way))),
    ...BOXES.flatMap(drawBox),
    '</svg>',
  ].join('\n')}\n`;
}

function boxOf(room: string): Box {
  const box = BOXES.find((each) => each.room === room);
  if (box === undefined) throw new Error(`there is no box for ${room}`);
  return box;
}

const leftOf = ({ column }: Box): number => LEFT + column * COLUMN + GAP / 2;
const topOf = ({ row }: Box): number => TOP + row * ROW;
const widthOf = ({ wide = 1 }: Box): number => wide * COLUMN - GAP;
const rightOf = (box: Box): number => leftOf(box) + widthOf(box);
const middleOf = (box: Box): number => leftOf(box) + widthOf(box) / 2;

function band({ name, rows }: (typeof LAYERS)[number], index: number): string[] {
  const [first = 0] = rows;
  const y = TOP + first * ROW - 16;
  return [
    `<rect x="14" y="${y}" width="${WIDTH - 28}" height="${rows.length * ROW - 14}" rx="8" fill="${PALE[index]}"/>`,
    text({ x: 28, y: y + (rows.length * ROW - 14) / 2 + 5 }, name, 14, 'start', 600),
    ...(name === 'words' ? NOT_DRAWN.map((words, line) => text({ x: LEFT + 4 * COLUMN + 13, y: y + 38 + 17 * line }, words, 12)) : []),
  ];
}

function drawBox(box: Box): string[] {
  const [x, y] = [leftOf(box), topOf(box)];
  return [
    `<rect x="${x}" y="${y}" width="${widthOf(box)}" height="${HEIGHT}" rx="7" fill="#ffffff" stroke="#64748b"/>`,
    text({ x: middleOf(box), y: y + 21 }, box.room, 15, 'middle', 600),
    text({ x: middleOf(box), y: y + 38 }, box.does, 11.5, 'middle'),
  ];
}

function path(from: Box, to: Box, way: string | undefined): string {
  const [below, above] = [topOf(from) + HEIGHT, topOf(to)];
  switch (way) {
    case 'sideways': {
      const goesLeft = leftOf(to) < leftOf(from);
      const y = topOf(from) + HEIGHT / 2;
      return goesLeft ? `M${leftOf(from)} ${y}H${rightOf(to)}` : `M${rightOf(from)} ${y}H${leftOf(to)}`;
    }
    case 'over':
      return `M${port(from, to)} ${topOf(from)}C${port(from, to)} ${above - 26} ${middleOf(to)} ${above - 26} ${middleOf(to)} ${above}`;
    case 'left-lane':
      return `M${leftOf(from)} ${topOf(from) + HEIGHT / 2}H${LEFT - 10}V${above + HEIGHT / 2}H${leftOf(to)}`;
    case 'right-lane':
      return `M${rightOf(from)} ${topOf(from) + HEIGHT / 2}H${rightOf(from) + 20}V${above + HEIGHT / 2}H${rightOf(to)}`;
    case 'under': {
      // Rooms whose arrows go this way have gaps and lanes of their own.
      const [lane, gap] = [to.room === 'store' ? laneOf(from) : arrival(from, to), below + 8 + 9 * (5 - from.column)];
      return `M${middleOf(from)} ${below}V${gap}H${lane}V${above}`;
    }
    case 'upwards':
      return `M${leftOf(from) + 12} ${topOf(from)}C${leftOf(from) + 12} ${topOf(from) - 34} ${rightOf(to) - 12} ${topOf(to) + HEIGHT + 34} ${rightOf(to) - 12} ${topOf(to) + HEIGHT}`;
    default: {
      const [x, at] = [port(from, to), arrival(from, to)];
      const bend = Math.min(60, (above - below) * 0.55);
      return `M${x} ${below}C${x} ${below + bend} ${at} ${above - bend} ${at} ${above}`;
    }
  }
}

/** The lanes beside the last boxes of a row, down to the store. */
function laneOf({ column }: Box): number {
  return LEFT + 5 * COLUMN + 16 + (column - 3) * 26;
}

/** Where an arrow leaves: on the side it goes to, so that those of one box stand apart. */
function port(from: Box, to: Box): number {
  return along(from, to);
}

/** Where it arrives: on the side it comes from. */
function arrival(from: Box, to: Box): number {
  return along(to, from);
}

function along(box: Box, other: Box): number {
  const lean = (middleOf(other) - middleOf(box)) / (3 * COLUMN);
  return Math.round(middleOf(box) + Math.max(-1, Math.min(1, lean)) * (widthOf(box) / 2 - 16));
}

function arrow(way: string): string {
  return `<path d="${way}" fill="none" stroke="#475569" stroke-width="1.3" marker-end="url(#tip)"/>`;
}

function text({ x, y }: Point, words: string, size: number, anchor = 'start', weight = 400): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${INK}">${words}</text>`;
}

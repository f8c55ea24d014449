import type { RootCause } from '../../domain/cause.ts';
import { fieldLabel, valuesText } from '../../domain/change-text.ts';
import { type ObjectRef, refLabel, sameObject } from '../../domain/object-ref.ts';
import { type ChainNode, chainHead, chainTree } from '../chain-links.ts';
import { html, type Markup } from './markup.ts';

const ROW = 58;
const BOX = 44;
const INDENT = 28;
const CHARACTER = 7.2;
const PADDING = 12;
/** Deeper than this boxes go on at the same indent, so that words have room. */
const MAX_DEPTH = 6;
const MAX_LINKS = 24;
const MAX_WIDTH = 640;

interface Box {
  readonly object: ObjectRef;
  readonly note: string;
  readonly depth: number;
  readonly row: number;
  /** The row of the box that this one hangs below; undefined at the root. */
  readonly parent: { readonly row: number; readonly depth: number } | undefined;
}

/** The chain as a picture: the root above, what it hurts hanging below. */
export function chainPicture({ object, title, chain, change }: RootCause): Markup {
  const head = chainHead({ object, chain });
  const note = change === null || sameObject(head, object) ? title : `${fieldLabel(change.field_path)} ${valuesText(change)}`;
  const boxes: Box[] = [{ object: head, note, depth: 0, row: 0, parent: undefined }];
  const hang = (nodes: readonly ChainNode[], parent: { row: number; depth: number }): void => {
    for (const { link, below } of nodes) {
      const box = { object: link.to, note: link.mechanism, depth: Math.min(MAX_DEPTH, parent.depth + 1), row: boxes.length, parent };
      boxes.push(box);
      hang(below, box);
    }
  };
  hang(chainTree({ object, chain: chain.slice(0, MAX_LINKS) }), { row: 0, depth: 0 });
  const width = Math.min(MAX_WIDTH, Math.max(...boxes.map(widthOf)) + 2);
  const height = boxes.length * ROW;
  return html`<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="How it spreads: ${boxes.map((box) => refLabel(box.object)).join(', then ')}">
${boxes.map((box) => drawn(box, width))}</svg>`;
}

function widthOf({ object, note, depth }: Box): number {
  return depth * INDENT + 2 * PADDING + CHARACTER * Math.max(refLabel(object).length + 2, Math.min(note.length, 64));
}

function drawn(box: Box, width: number): Markup {
  const { object, note, depth, row, parent } = box;
  const x = depth * INDENT + 1;
  const y = row * ROW + 1;
  const room = Math.floor((width - x - 2 * PADDING) / CHARACTER);
  const wire =
    parent &&
    html`<path class="wire" d="M${parent.depth * INDENT + 1 + PADDING} ${parent.row * ROW + 1 + BOX} V${y + BOX / 2} H${Math.max(x, parent.depth * INDENT + 1 + PADDING)}"/>`;
  return html`<g><title>${refLabel(object)}: ${note}</title>${wire}
<rect class="${parent ? 'box' : 'box root'}" x="${x}" y="${y}" width="${Math.max(60, width - x - 1)}" height="${BOX}" rx="6"/>
<text class="label" x="${x + PADDING}" y="${y + 18}" font-size="14" font-weight="600">${cut(refLabel(object), room)}</text>
<text class="note" x="${x + PADDING}" y="${y + 35}" font-size="12">${cut(note, Math.floor(room * 1.15))}</text></g>
`;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, Math.max(1, length - 1))}…`;
}

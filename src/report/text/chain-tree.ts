import type { RootCause } from '../../domain/cause.ts';
import { refLabel } from '../../domain/object-ref.ts';
import { sentence } from '../../domain/sentence.ts';
import { type ChainNode, chainHead, chainTree } from '../chain-links.ts';
import type { Page } from '../page.ts';
import { displayWidth, truncate, wrap } from '../wrap.ts';
import type { CauseContext } from './cause-context.ts';

const INDENT = 4;
/** Links that are drawn unless all are asked for. */
export const MAX_LINKS = 8;
/** Deeper than this the tree would leave no room for words: it goes on at the same indent. */
const MAX_DEPTH = 8;

/** The chain from the root towards the symptom, drawn as a tree: an object a line, below it why it is hurt. */
export function chainSection(page: Page, cause: RootCause, { verbose }: CauseContext): void {
  if (cause.chain.length === 0) return;
  const shown = verbose ? cause.chain : cause.chain.slice(0, MAX_LINKS);
  page.heading('How it spreads');
  page.hang({ indent: INDENT, text: refLabel(chainHead(cause)), role: 'object' });
  drawNodes(page, chainTree({ object: cause.object, chain: shown }), { trunk: '', depth: 0 });
  const rest = cause.chain.length - shown.length;
  if (rest > 0) page.hang({ indent: INDENT, text: `and ${rest} more`, role: 'quiet' });
}

function drawNodes(page: Page, nodes: readonly ChainNode[], { trunk, depth }: { trunk: string; depth: number }): void {
  const { branch, lastBranch, trunk: line } = page.glyphs;
  for (const [index, { link, below }] of nodes.entries()) {
    const isLast = index === nodes.length - 1;
    const inner = depth < MAX_DEPTH ? `${trunk}${isLast ? ' '.repeat(line.length) : line}` : trunk;
    const ids = link.evidence_ids.length > 0 ? ` [${link.evidence_ids.slice(0, 3).join(', ')}]` : '';
    const room = page.width - INDENT - displayWidth(trunk) - branch.length;
    const label = truncate(refLabel(link.to), Math.max(8, room - ids.length));
    page.line(`${' '.repeat(INDENT)}${page.paint('quiet', trunk + (isLast ? lastBranch : branch))}${page.paint('object', label)}${page.paint('id', ids)}`);
    for (const text of wrap(sentence(link.mechanism), room)) page.line(`${' '.repeat(INDENT)}${page.paint('quiet', inner)}${text}`.trimEnd());
    drawNodes(page, below, { trunk: inner, depth: depth + 1 });
  }
}

import type { RootCause } from '../../domain/cause.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { citedEvidence } from '../cited-evidence.ts';
import { clock } from '../clock.ts';
import { evidencePlace } from '../evidence-place.ts';
import type { Page } from '../page.ts';
import { commandFor } from '../where-to-look.ts';
import { unbroken } from '../wrap.ts';
import type { CauseContext } from './cause-context.ts';

const MAX_PIECES = 4;
const MAX_LINES = 4;
const MAX_LINES_VERBOSE = 40;

/** The proof, of the cause first and then of its chain: what was read, where, and the command that shows it again. */
export function evidenceSection(page: Page, cause: RootCause, { report, verbose }: CauseContext): void {
  const cited = citedEvidence(cause, report);
  if (cited.length === 0) return;
  page.heading('Evidence');
  const shown = verbose ? cited : cited.slice(0, MAX_PIECES);
  const idWidth = Math.max(...shown.map(({ id }) => id.length));
  for (const group of neighbours(shown)) pieces(page, group, { verbose, live: report.target.reader !== 'snapshot', idWidth });
  if (cited.length > shown.length)
    page.hang({
      indent: 4,
      text: `and ${cited.length - shown.length} more: ${cited
        .slice(shown.length)
        .map(({ id }) => id)
        .join(', ')}`,
      role: 'quiet',
      maxLines: 2,
    });
}

interface PieceOptions {
  readonly verbose: boolean;
  /** The cluster can still be asked: of a dump it may be long gone. */
  readonly live: boolean;
  readonly idWidth: number;
}

/** Pieces of the same place that follow each other: the place and the command that shows them are told once. */
function neighbours(shown: readonly Evidence[]): Evidence[][] {
  const groups: Evidence[][] = [];
  for (const evidence of shown) {
    const group = groups.at(-1);
    if (group?.[0] !== undefined && evidencePlace(group[0]) === evidencePlace(evidence)) group.push(evidence);
    else groups.push([evidence]);
  }
  return groups;
}

function pieces(page: Page, group: readonly Evidence[], { verbose, live, idWidth }: PieceOptions): void {
  const indent = 4 + idWidth + 1;
  const maxLines = verbose ? MAX_LINES_VERBOSE : MAX_LINES;
  let told = '';
  for (const evidence of group) {
    const where = whereOf(evidence);
    const label = { indent: 4, label: evidence.id.padEnd(idWidth), labelRole: 'id' as const };
    if (where !== told) page.hang({ ...label, text: where, role: 'quiet' });
    page.hang({ ...(where === told ? label : { indent }), text: evidence.excerpt.trim(), maxLines });
    told = where;
  }
  const command = live || verbose ? commandForAll(group, page.width - indent - 2) : undefined;
  if (command !== undefined) page.command(indent, command);
}

/** One field is shown by itself, several with their object. */
function commandForAll(group: readonly Evidence[], width: number): string | undefined {
  const [first] = group;
  return first === undefined
    ? undefined
    : commandFor(group.length === 1 ? first : { ...first, field_path: first.source === 'object' ? null : first.field_path }, width);
}

/** "event on Pod shop/checkout-1, 2026-01-31 09:58:12 UTC"; a path that the excerpt begins with is not told twice. */
function whereOf(evidence: Evidence): string {
  const { field_path: field, excerpt, observed_at: at } = evidence;
  const path = field !== null && excerpt.startsWith(field) ? null : field;
  return `${evidencePlace(evidence)}${path === null ? '' : `, ${path}`}${at ? `, ${unbroken(clock(at))}` : ''}`;
}

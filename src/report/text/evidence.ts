import type { RootCause } from '../../domain/cause.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { refLabel } from '../../domain/object-ref.ts';
import { clock } from '../clock.ts';
import type { Page } from '../page.ts';
import { commandFor } from '../where-to-look.ts';
import { unbroken } from '../wrap.ts';
import type { CauseContext } from './cause-context.ts';

const MAX_PIECES = 4;
const MAX_LINES = 4;
const MAX_LINES_VERBOSE = 40;

/** The proof, of the cause first and then of its chain: what was read, where, and the command that shows it again. */
export function evidenceSection(page: Page, cause: RootCause, { report, verbose }: CauseContext): void {
  const ids = new Set([...cause.evidence_ids, ...cause.chain.flatMap(({ evidence_ids }) => evidence_ids)]);
  const cited = [...ids].flatMap((id) => report.evidence.find((evidence) => evidence.id === id) ?? []);
  if (cited.length === 0) return;
  page.heading('Evidence');
  const shown = verbose ? cited : cited.slice(0, MAX_PIECES);
  const idWidth = Math.max(...shown.map(({ id }) => id.length));
  for (const evidence of shown) piece(page, evidence, { verbose, live: report.target.reader !== 'snapshot', idWidth });
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

function piece(page: Page, evidence: Evidence, { verbose, live, idWidth }: PieceOptions): void {
  const indent = 4 + idWidth + 1;
  page.hang({ indent: 4, label: evidence.id.padEnd(idWidth), labelRole: 'id', text: whereOf(evidence), role: 'quiet' });
  page.hang({ indent, text: evidence.excerpt, maxLines: verbose ? MAX_LINES_VERBOSE : MAX_LINES });
  const command = live || verbose ? commandFor(evidence, page.width - indent - 2) : undefined;
  if (command !== undefined) page.command(indent, command);
}

/** "event on Pod shop/checkout-1, 2026-01-31 09:58:12 UTC"; a path that the excerpt begins with is not told twice. */
function whereOf({ source, object, container, field_path: field, excerpt, observed_at: at }: Evidence): string {
  const path = field !== null && excerpt.startsWith(field) ? null : field;
  const of = container === undefined ? '' : `, container ${container}`;
  const where = source === 'object' ? `${refLabel(object)}${of}` : `${source} on ${refLabel(object)}${of}`;
  return `${where}${path === null ? '' : `, ${path}`}${at ? `, ${unbroken(clock(at))}` : ''}`;
}

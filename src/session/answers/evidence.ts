import type { Evidence } from '../../domain/evidence.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { clock } from '../../report/clock.ts';
import { evidencePlace } from '../../report/evidence-place.ts';
import type { Page } from '../../report/page.ts';
import { printableLine } from '../../report/printable.ts';
import { commandFor } from '../../report/where-to-look.ts';
import type { Draw } from '../said.ts';
import { hint } from './brief.ts';

const LISTED = 20;
const MAX_LINES = 60;

/** All evidence a line each, or the pieces that are asked for in full. */
export function evidence(report: Report, which: readonly string[]): Draw {
  return (page) => {
    if (report.evidence.length === 0) return page.hang({ text: 'This investigation cites no evidence.' });
    if (which.length === 0) return list(page, report.evidence);
    for (const id of which) {
      const piece = report.evidence.find((each) => each.id === id);
      page.gap();
      if (piece === undefined) page.hang({ text: `There is no ${id}: the pieces are ev-1 to ev-${report.evidence.length}.`, role: 'warning' });
      else whole(page, piece, report);
    }
  };
}

function list(page: Page, all: readonly Evidence[]): void {
  const width = Math.max(...all.map(({ id }) => id.length));
  for (const piece of all.slice(0, LISTED))
    page.hang({ label: piece.id.padEnd(width), labelRole: 'id', text: `${evidencePlace(piece)}: ${printableLine(piece.excerpt)}`, maxLines: 2 });
  if (all.length > LISTED) page.hang({ text: `and ${all.length - LISTED} more, to ${all.at(-1)?.id}`, role: 'quiet' });
  hint(page, `show evidence ${all[0]?.id.slice(3) ?? '1'}`);
}

function whole(page: Page, piece: Evidence, report: Report): void {
  page.hang({ label: piece.id, labelRole: 'id', text: evidencePlace(piece), role: 'object' });
  if (piece.field_path !== null) page.hang({ indent: 2, label: 'field', text: piece.field_path });
  if (piece.observed_at) page.hang({ indent: 2, label: 'at   ', text: clock(piece.observed_at) });
  page.hang({ indent: 2, label: 'read ', text: clock(piece.collected_at) });
  for (const use of usesOf(piece.id, report)) page.hang({ indent: 2, label: 'shows', text: use });
  page.gap();
  page.hang({ indent: 4, text: piece.excerpt.trim(), maxLines: MAX_LINES });
  const command = commandFor(piece, Number.POSITIVE_INFINITY);
  if (command === undefined) return;
  page.gap();
  page.command(4, command);
}

/** What a piece is cited for. */
function usesOf(id: string, { root_causes: causes, ruled_out: ruledOut }: Report): string[] {
  return [
    ...causes.filter(({ evidence_ids: ids }) => ids.includes(id)).map(({ title, object }) => `${title}, ${refLabel(object)}`),
    ...causes.flatMap(({ chain }) => chain.filter(({ evidence_ids: ids }) => ids.includes(id)).map(({ to, mechanism }) => `${refLabel(to)}: ${mechanism}`)),
    ...ruledOut.filter(({ evidence_ids: ids }) => ids.includes(id)).map(({ title, object }) => `ruled out: ${title}, ${refLabel(object)}`),
  ];
}

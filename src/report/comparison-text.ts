import { clock } from './clock.ts';
import type { ReportComparison } from './compare-reports.ts';
import { Page } from './page.ts';
import { paintFor, type Role } from './paint.ts';
import { printableValue } from './printable.ts';
import type { TextOptions } from './text.ts';

const VERDICTS = { 'root-cause-found': 'root cause found', 'no-fault-found': 'no fault found', undetermined: 'undetermined' } as const;
const STATES: Readonly<Record<ReportComparison['causes'][number]['state'], { sign: string; role: Role; word: string }>> = {
  gone: { sign: '-', role: 'good', word: 'gone' },
  new: { sign: '+', role: 'bad', word: 'new' },
  still: { sign: '=', role: 'quiet', word: 'still' },
};

/** Two investigations side by side for people; ends with a line break. */
export function comparisonText(comparison: ReportComparison, { color, width, unicode }: TextOptions): string {
  const page = new Page({ width, unicode, paint: paintFor(color) });
  drawComparison(page, printableValue(comparison));
  return page.toString();
}

/** The same on a page; the comparison is printable already. */
export function drawComparison(page: Page, { before, after, causes, affected, not_seen: notSeen }: ReportComparison): void {
  for (const [label, one] of [
    ['before', before],
    ['after ', after],
  ] as const)
    page.hang({ label, text: `${one.incident_id}, ${clock(one.created_at)}: ${VERDICTS[one.verdict]}` });
  page.heading('Causes', 0);
  if (causes.length === 0) page.hang({ indent: 2, text: 'none on either side' });
  for (const { state, title, object, confidence } of causes) {
    const { sign, role, word } = STATES[state];
    page.hang({ indent: 2, label: sign, labelRole: role, text: `${word}: ${title}, ${object} (${confidenceText(confidence)})` });
  }
  list(page, 'No longer affected', affected.recovered);
  list(page, 'Newly affected', affected.newly);
  list(page, 'Not seen before, seen after', notSeen.before);
  list(page, 'Seen before, not seen after', notSeen.after);
}

function confidenceText([before, after]: ReportComparison['causes'][number]['confidence']): string {
  if (before !== null && after !== null && before !== after) return `confidence ${before.toFixed(2)}, now ${after.toFixed(2)}`;
  return `confidence ${(after ?? before ?? 0).toFixed(2)}`;
}

function list(page: Page, title: string, items: readonly string[]): void {
  if (items.length === 0) return;
  page.heading(title, 0);
  for (const item of items) page.hang({ indent: 2, label: page.glyphs.bullet, text: item });
}

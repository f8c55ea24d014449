import type { RootCause } from '../../domain/cause.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { coverageSentence } from '../coverage-sentence.ts';
import { notFoundSentence } from '../not-found-sentence.ts';
import type { Page } from '../page.ts';
import { printableLine } from '../printable.ts';

/** The answer in one line, what was asked, and what is told besides. */
export function verdictSection(page: Page, report: Report): void {
  verdictLine(page, report);
  const { verdict, description, error_message: error, root_causes: causes } = report;
  page.hang({ indent: 2, text: `Asked: ${printableLine(description)}`, role: 'quiet', maxLines: 2 });
  const notFound = notFoundSentence(report);
  if (notFound !== undefined) page.hang({ indent: 2, text: notFound, role: 'warning' });
  if (causes.length > 1) page.hang({ indent: 2, text: `${causes.length} independent causes were found.`, role: 'quiet' });
  if (verdict !== 'root-cause-found') page.hang({ indent: 2, text: coverageSentence(report), role: 'quiet' });
  if (error !== null) page.hang({ indent: 2, text: error, role: 'warning' });
}

export function verdictLine(page: Page, { verdict, root_causes: [first] }: Report): void {
  const { glyphs } = page;
  if (verdict === 'root-cause-found' && first) page.hang({ label: glyphs.cause, labelRole: 'bad', text: foundSentence(first), role: 'title' });
  else if (verdict === 'no-fault-found') page.hang({ label: glyphs.fine, labelRole: 'good', text: 'No fault found.', role: 'title' });
  else page.hang({ label: glyphs.open, labelRole: 'warning', text: 'Undetermined: no root cause could be proven.', role: 'title' });
}

function foundSentence({ title, object, confidence, confidence_score: level }: RootCause): string {
  return `Root cause: ${title}, ${refLabel(object)} (${level}, ${confidence.toFixed(2)})`;
}

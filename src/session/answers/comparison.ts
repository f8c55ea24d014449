import type { Report } from '../../domain/report.ts';
import { compareReports } from '../../report/compare-reports.ts';
import { drawComparison } from '../../report/comparison-text.ts';
import { printableValue } from '../../report/printable.ts';
import { verdictLine } from '../../report/text/verdict.ts';
import type { Draw } from '../said.ts';

/** What a second investigation says otherwise than the first: in a word, then in full. */
export function comparison(before: Report, after: Report): Draw {
  const compared = printableValue(compareReports(before, after));
  const [gone, fresh, still] = (['gone', 'new', 'still'] as const).map((state) => compared.causes.filter((cause) => cause.state === state).length) as [
    number,
    number,
    number,
  ];
  return (page) => {
    verdictLine(page, printableValue(after));
    page.hang({ indent: 2, text: inAWord(gone, fresh, still) });
    if (after.target.reader === 'snapshot' && before.target.reader === 'snapshot')
      page.hang({ indent: 2, text: 'A dump stays as it was taken: take another to see what has changed since.', role: 'quiet' });
    page.gap();
    drawComparison(page, compared);
  };
}

function inAWord(gone: number, fresh: number, still: number): string {
  if (gone + fresh === 0) return still === 0 ? 'As before.' : 'Nothing has changed: the same causes are found.';
  if (fresh === 0 && still === 0) return 'What was found before is gone.';
  if (gone === 0 && still === 0) return 'That was not found before.';
  return `${gone} gone, ${fresh} new, ${still} still there.`;
}

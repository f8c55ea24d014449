import { counted } from '../../domain/counted.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { changeSentence } from '../../report/change-sentence.ts';
import { coverageSentence } from '../../report/coverage-sentence.ts';
import { gapTexts } from '../../report/gap-groups.ts';
import type { Page } from '../../report/page.ts';
import { chainSection } from '../../report/text/chain-tree.ts';
import { analysisSection } from '../../report/text/sections.ts';
import { verdictLine } from '../../report/text/verdict.ts';
import type { Draw } from '../said.ts';
import { remedies } from './remedy.ts';

const MAX_OTHERS = 3;

/** What an investigation found, as short as it can be said; everything else can be asked for. */
export function brief(report: Report): Draw {
  return (page) => {
    verdictLine(page, report);
    if (report.verdict !== 'root-cause-found') page.hang({ indent: 2, text: coverageSentence(report), role: 'quiet' });
    if (report.error_message !== null) page.hang({ indent: 2, text: report.error_message, role: 'warning' });
    const [first, ...others] = report.root_causes;
    if (first !== undefined) {
      page.hang({ indent: 2, text: sentence(first.mechanism) });
      if (first.change !== null) page.hang({ indent: 2, text: changeSentence(first.change, first.object), role: 'warning' });
      chainSection(page, first, { report, verbose: false });
      page.heading('What to do');
      remedies(page, first, 1);
      if (others.length > 0) page.gap();
      for (const { title, object, confidence_score: level, confidence } of others.slice(0, MAX_OTHERS))
        page.hang({
          indent: 2,
          label: page.glyphs.cause,
          labelRole: 'bad',
          text: `Besides: ${title}, ${refLabel(object)} (${level}, ${confidence.toFixed(2)})`,
        });
      if (others.length > MAX_OTHERS) page.hang({ indent: 2, text: `and ${counted(others.length - MAX_OTHERS, 'further cause')}`, role: 'quiet' });
    }
    for (const command of report.next_commands.slice(0, 4)) page.command(2, command);
    analysisSection(page, report, false);
    notSeen(page, report);
    if (first !== undefined) hint(page, 'why', 'show evidence', 'what changed', 'who is affected', '/show for all of it');
  };
}

function notSeen(page: Page, { gaps }: Report): void {
  const [first, ...rest] = gapTexts(gaps);
  if (first === undefined) return;
  page.gap();
  page.hang({
    indent: 2,
    label: page.glyphs.open,
    labelRole: 'warning',
    text: `Not seen: ${first}${rest.length > 0 ? ` (and ${rest.length} more)` : ''}`,
    maxLines: 2,
  });
}

/** What can be asked next, in one quiet line. */
export function hint(page: Page, ...questions: readonly string[]): void {
  page.gap();
  page.hang({ indent: 2, text: `Ask: ${questions.join(page.glyphs.separator)}`, role: 'quiet' });
}

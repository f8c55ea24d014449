import { refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import { changeSentence } from '../../report/change-sentence.ts';
import { coverageSentence } from '../../report/coverage-sentence.ts';
import type { Page } from '../../report/page.ts';
import { evidenceSection } from '../../report/text/evidence.ts';
import type { Draw } from '../said.ts';
import { hint } from './brief.ts';

/** The reasoning of the first cause: mechanism, proof, and what it is worth. */
export function why(report: Report): Draw {
  return (page) => {
    const [first] = report.root_causes;
    if (first === undefined) return unproven(page, report);
    page.hang({ text: `${first.title}, ${refLabel(first.object)}`, role: 'title' });
    page.hang({ indent: 2, text: sentence(first.mechanism) });
    if (first.change !== null) page.hang({ indent: 2, text: changeSentence(first.change, first.object), role: 'warning' });
    evidenceSection(page, first, { report, verbose: false });
    reasons(page, report);
    hint(page, `show evidence ${first.evidence_ids[0]?.slice(3) ?? '1'}`, 'how does it spread', 'what did you rule out', 'what should I do');
  };
}

export function confidence(report: Report): Draw {
  return (page) => {
    if (report.root_causes.length === 0) return unproven(page, report);
    reasons(page, report);
    if (report.gaps.length > 0) hint(page, 'what could you not see');
  };
}

function reasons(page: Page, { root_causes: causes }: Report): void {
  for (const { title, confidence: value, confidence_score: level, confidence_reasons: all } of causes.slice(0, 3)) {
    page.heading(causes.length === 1 ? `Why ${level} confidence (${value.toFixed(2)})` : `${title}: ${level}, ${value.toFixed(2)}`);
    for (const reason of all) page.hang({ indent: 4, label: page.glyphs.bullet, text: reason });
  }
}

function unproven(page: Page, report: Report): void {
  page.hang({ text: report.verdict === 'no-fault-found' ? 'Nothing that was read is at fault.' : 'No root cause could be proven.', role: 'title' });
  page.hang({ indent: 2, text: coverageSentence(report) });
  for (const { text } of report.observations.slice(0, 5)) page.hang({ indent: 2, label: page.glyphs.bullet, text });
  if (report.gaps.length > 0) hint(page, 'what could you not see');
}

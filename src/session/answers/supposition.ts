import type { RootCause } from '../../domain/cause.ts';
import { resourceType } from '../../domain/kubernetes/resource-type.ts';
import { refKey, refLabel } from '../../domain/object-ref.ts';
import type { Report } from '../../domain/report.ts';
import { sentence } from '../../domain/sentence.ts';
import type { Sight } from '../../domain/sight.ts';
import { gapTexts } from '../../report/gap-groups.ts';
import { verdictLine } from '../../report/text/verdict.ts';
import type { Draw } from '../said.ts';

/** How the answer stands without some sights: what holds, what is less sure, what is lost, and which permission would bring it back. */
export function supposition(before: Report, after: Report, without: readonly Sight[]): Draw {
  const names = without.map((sight) => (sight === 'logs' ? 'logs' : resourceType(sight).plural)).join(' and ');
  const kept = before.root_causes.some((was) => after.root_causes.some((is) => isSame(was, is)));
  return (page) => {
    page.hang({ text: `Without ${names}:`, role: 'title' });
    for (const was of before.root_causes) {
      const is = after.root_causes.find((cause) => isSame(was, cause));
      page.hang({ indent: 2, label: page.glyphs.bullet, text: sentence(standing(was, is)) });
    }
    for (const cause of after.root_causes.filter((each) => !before.root_causes.some(({ object }) => refKey(object) === refKey(each.object))))
      page.hang({
        indent: 2,
        label: page.glyphs.bullet,
        text: `${kept ? 'Besides' : 'Instead'} it would be ${cause.title}, ${refLabel(cause.object)} (${cause.confidence_score}, ${cause.confidence.toFixed(2)}).`,
      });
    if (before.root_causes.length === 0) verdictLine(page, after);
    const known = new Set(before.gaps.map(({ what }) => what));
    const lost = gapTexts(after.gaps.filter(({ what }) => !known.has(what)));
    if (lost.length > 0) page.gap();
    for (const text of lost.slice(0, 4)) page.hang({ indent: 2, label: page.glyphs.open, labelRole: 'warning', text });
    page.gap();
    page.hang({ indent: 2, text: 'This was only supposed: the session stays with what was found.', role: 'quiet' });
  };
}

function isSame(a: RootCause, b: RootCause): boolean {
  return a.cause_id === b.cause_id && refKey(a.object) === refKey(b.object);
}

function standing(was: RootCause, is: RootCause | undefined): string {
  const name = `${was.title}, ${refLabel(was.object)}`;
  if (is === undefined) return `${name} would not be found`;
  const level = `${is.confidence_score}, ${is.confidence.toFixed(2)}`;
  return is.confidence < was.confidence
    ? `${name} would still be found, less sure (${level}; now ${was.confidence.toFixed(2)})`
    : `${name} would be found all the same (${level})`;
}

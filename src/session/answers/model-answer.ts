import { sentence } from '../../domain/sentence.ts';
import type { FollowUp, FollowUpAnswer } from '../../pipeline/ask-on.ts';
import { evidencePlace } from '../../report/evidence-place.ts';
import { gapTexts } from '../../report/gap-groups.ts';
import { printableLine, printableValue } from '../../report/printable.ts';
import { answer, type Draw, type Said } from '../said.ts';
import type { Means } from '../situation.ts';
import { hint } from './brief.ts';

const SHOWN_PIECES = 6;
const SHOWN_GUESSES = 4;

/** What a model says to a question, as far as evidence shows it; what it read for that can be asked for from then on. Returns false where there is none to ask. */
export async function* modelAnswer(followUp: FollowUp, { client }: Means, signal: AbortSignal): AsyncGenerator<Said, boolean> {
  const asked = client.askOn?.(followUp, signal);
  if (asked === undefined) return false;
  yield { type: 'doing', text: 'asking the language model' };
  let step = await asked.next();
  while (!step.done) {
    yield { type: 'doing', text: `the language model asks ${printableLine(step.value.text)}` };
    step = await asked.next();
  }
  if (step.value === undefined) return false;
  const { report } = followUp;
  const extended = { ...report, evidence: [...report.evidence, ...step.value.evidence] };
  yield { type: 'concluded', report: extended };
  yield answer(drawn(printableValue(step.value), printableValue(extended)));
  return true;
}

function drawn({ narrative, hypotheses, gaps }: FollowUpAnswer, { evidence }: FollowUp['report']): Draw {
  const supported = hypotheses.filter((each) => each.supported);
  const guesses = hypotheses.filter((each) => !each.supported);
  const cited = new Set([narrative ?? '', ...supported.flatMap(({ evidence_ids: ids }) => ids)].join(' ').match(/\bev-\d+\b/g));
  const pieces = evidence.filter(({ id }) => cited.has(id));
  return (page) => {
    page.heading('What the language model answers', 0);
    page.hang({ text: narrative ?? 'Nothing that can be read answers that.' });
    for (const { text, evidence_ids: ids } of supported) page.hang({ label: page.glyphs.bullet, text: `${sentence(text)} [${ids.join(', ')}]` });
    if (pieces.length > 0) page.heading('What shows it', 0);
    for (const piece of pieces.slice(0, SHOWN_PIECES))
      page.hang({ indent: 2, label: piece.id, labelRole: 'id', text: `${evidencePlace(piece)}: ${printableLine(piece.excerpt)}`, maxLines: 2 });
    if (guesses.length > 0) page.heading('Said by the model, shown by nothing', 0);
    for (const { text, reason } of guesses.slice(0, SHOWN_GUESSES))
      page.hang({ indent: 2, label: page.glyphs.open, labelRole: 'warning', text: `${sentence(text)}${reason ? ` (${reason})` : ''}`, role: 'quiet' });
    for (const text of gapTexts(gaps).slice(0, 3)) page.hang({ label: page.glyphs.open, labelRole: 'warning', text: printableLine(text) });
    const [first] = pieces;
    if (first !== undefined) hint(page, `show evidence ${first.id.slice('ev-'.length)}`);
  };
}

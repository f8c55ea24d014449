import type { Report } from '../../src/domain/report.ts';
import { answersOf, firstOf, type Gate, trialOf } from './gate.ts';
import { withoutEvidence } from './readers/without-evidence.ts';
import { faults } from './recorded-case.ts';

/** A verdict that stands without what proves it was not founded on it. */
export const mutation: Gate = {
  name: 'Mutation',
  claim: 'without the decisive evidence the verdict changes, or its confidence falls a level',
  share: 1,
  trials: (bench) =>
    faults(bench).map(({ scenario, reader, question, report }) => async () => {
      const mutated = await bench.engine(withoutEvidence(reader, scenario.decisive), question);
      const problems = isMoved(report, mutated) ? [] : [`still ${firstOf(mutated)} (${mutated.confidence_score})`];
      return trialOf(scenario.name, problems, answersOf(`mutation of ${scenario.name}`, [scenario.expect], mutated));
    }),
};

function isMoved(before: Report, after: Report): boolean {
  return firstOf(before) !== firstOf(after) || before.confidence_score !== after.confidence_score;
}

import { answersOf, firstOf, type Gate, trialOf } from './gate.ts';
import { noisyReader } from './readers/noisy-reader.ts';

/** What goes on in every cluster beside an incident, and where there is none. */
export const noise: Gate = {
  name: 'Noise',
  claim: '500 irrelevant observations do not change the first cause, nor make a healthy state a fault',
  share: 1,
  trials: (bench) =>
    bench.cases
      .filter(({ judgement }) => judgement.right)
      .map(({ scenario, reader, question, report }) => async () => {
        const noisy = await bench.engine(await noisyReader(reader, question.namespace ?? '', scenario.name), question);
        const problems = firstOf(noisy) === firstOf(report) ? [] : [`${firstOf(noisy)} instead of ${firstOf(report)}`];
        return trialOf(scenario.name, problems, answersOf(`noise around ${scenario.name}`, [scenario.expect], noisy));
      }),
};

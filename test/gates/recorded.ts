import { judge } from '../scenario-runner/judge.ts';
import { answersOf, type Gate, isTrue, trialOf } from './gate.ts';
import type { RecordedCase } from './recorded-case.ts';

const told =
  ({ scenario, report, judgement }: RecordedCase) =>
  async () =>
    trialOf(scenario.name, judgement.problems, answersOf(scenario.name, [scenario.expect], report));

/** The faults as they were recorded. */
export const recordedFaults: Gate = {
  name: 'Recorded incidents',
  claim: 'the first cause, its object and its chain are right, and nothing else is named with any certainty',
  share: 0.95,
  trials: ({ cases }) => cases.filter(({ scenario }) => !scenario.expect.healthy).map(told),
};

export const nothingWrong: Gate = {
  name: 'Nothing wrong',
  claim: 'no root cause is named of healthy and half-healthy states',
  share: 1,
  trials: ({ cases }) => cases.filter(({ scenario }) => scenario.expect.healthy).map(told),
};

export const rivalMisses: Gate = {
  name: "The nearest rival's misses",
  claim: 'what other tools are known to miss is told rightly',
  share: 1,
  trials: ({ cases }) => cases.filter(({ scenario }) => scenario.rival).map(told),
};

const VAGUE = 'is anything wrong?';

/** People do not know whom to ask about: the question gives nothing away, and all that was recorded is looked at. */
export const vagueQuestion: Gate = {
  name: 'Vague question',
  claim: `asked "${VAGUE}" of all namespaces, the answer is the same`,
  share: 0.95,
  trials: ({ engine, cases }) =>
    cases.map(({ scenario, reader }) => async () => {
      const report = await engine(reader, { ask: VAGUE, namespace: undefined });
      return trialOf(scenario.name, judge(scenario.expect, report).problems, answersOf(`vague question about ${scenario.name}`, [scenario.expect], report));
    }),
};

/** One bad cause behind several troubled objects. */
export const oneRoot: Gate = {
  name: 'Dependent faults',
  claim: 'where one fault brings others with it, exactly one root cause is named',
  share: 1,
  trials: ({ cases }) =>
    cases.flatMap(({ scenario, report }) => {
      if (scenario.expect.healthy || scenario.expect.chain.length === 0 || scenario.expect.also.length > 0) return [];
      const roots = report.root_causes.filter((cause) => cause.confidence_score !== 'low' || isTrue(cause, [scenario.expect])).length;
      return [async () => trialOf(scenario.name, roots === 1 ? [] : [`${roots} root causes`], [])];
    }),
};

import { type BlindReader, blindReader } from '../../src/cluster/blind-reader.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Sight } from '../../src/domain/sight.ts';
import { answersOf, type Bench, type Gate, isTrue, labelOf, type Trial, trialOf } from './gate.ts';
import type { RecordedCase } from './recorded-case.ts';

const SIGHTS: readonly Sight[] = ['logs', 'Event', 'Node', 'Secret', 'ConfigMap'];

/** Healthy states are asked too: nobody may invent a fault for want of sight. */
export const blindness: Gate = {
  name: 'Blindness',
  claim:
    'with logs, events, nodes, secrets or config maps forbidden, alone or together, no wrong answer is called certain, no fault is called none, and the missing permission is named',
  share: 1,
  trials: (bench) =>
    bench.cases
      .filter(({ judgement }) => judgement.right)
      .flatMap((one) => [...SIGHTS.map((sight) => [sight]), SIGHTS].map((forbidden) => () => blinded(bench, one, forbidden))),
};

async function blinded({ engine }: Bench, { scenario, reader, question }: RecordedCase, forbidden: readonly Sight[]): Promise<Trial> {
  const blind = blindReader(reader, forbidden);
  const report = await engine(blind, question);
  const name = `${scenario.name} without ${forbidden.length > 1 ? 'any of them' : forbidden.join()}`;
  const wrong = report.root_causes
    .filter((cause) => cause.confidence_score === 'high' && !isTrue(cause, [scenario.expect]))
    .map((cause) => `certain of ${labelOf(cause)}`);
  return trialOf(name, [...wrong, ...denied(scenario, report), ...unnamed(report, blind)], answersOf(name, [scenario.expect], report));
}

/** What hides a fault does not make it go away. */
function denied({ expect }: RecordedCase['scenario'], { verdict }: Report): string[] {
  return !expect.healthy && verdict === 'no-fault-found' ? ['no fault is said to be found'] : [];
}

/** What was refused and is not told as a gap. */
function unnamed({ gaps }: Report, { refused }: BlindReader): string[] {
  return [...refused]
    .filter((needs) => !gaps.some((gap) => gap.why === 'forbidden' && gap.needs.includes(needs)))
    .map((needs) => `no gap says that "${needs}" is missing`);
}

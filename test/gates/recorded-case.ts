import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { Report } from '../../src/domain/report.ts';
import { type Engine, openEngine, type Question } from '../scenario-runner/engine.ts';
import { type Judgement, judge } from '../scenario-runner/judge.ts';
import { loadScenarios } from '../scenario-runner/load-scenarios.ts';
import { openRecording, recordingOf } from '../scenario-runner/recordings.ts';
import { askOf } from '../scenario-runner/run-scenario.ts';
import type { Scenario } from '../scenario-runner/scenario.ts';
import type { Bench } from './gate.ts';

/** A scenario with its recording, open, and what is said of it as it was recorded. */
export interface RecordedCase {
  readonly scenario: Scenario;
  readonly reader: ClusterReader;
  readonly question: Question;
  readonly report: Report;
  readonly judgement: Judgement;
}

/** Recorded scenarios, all or those named, each investigated once. Letting go closes the recordings. */
export async function openBench(only?: readonly string[]): Promise<Bench & AsyncDisposable> {
  const engine = await openEngine();
  const cases: RecordedCase[] = [];
  for (const scenario of recordedScenarios(only)) cases.push(await openCase(scenario, engine));
  return {
    engine,
    cases,
    async [Symbol.asyncDispose]() {
      for (const { reader } of cases) await reader[Symbol.asyncDispose]();
    },
  };
}

function recordedScenarios(only: readonly string[] | undefined): Scenario[] {
  return loadScenarios().filter((one) => recordingOf(one) !== undefined && (only?.includes(one.name) ?? true));
}

async function openCase(scenario: Scenario, engine: Engine): Promise<RecordedCase> {
  const reader = await openRecording(scenario);
  const question = { ask: askOf(scenario, reader.defaultNamespace), namespace: reader.defaultNamespace };
  const report = await engine(reader, question);
  return { scenario, reader, question, report, judgement: judge(scenario.expect, report) };
}

/** Cases of faults that are told rightly as recorded: what a gate changes is measured against that. */
export function faults({ cases }: Pick<Bench, 'cases'>): readonly RecordedCase[] {
  return cases.filter(({ scenario, judgement }) => !scenario.expect.healthy && judgement.right);
}

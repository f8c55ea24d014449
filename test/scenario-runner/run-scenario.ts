import { setTimeout as sleep } from 'node:timers/promises';
import { openLiveReader } from '../../src/cluster/live/open-live-reader.ts';
import type { Report } from '../../src/domain/report.ts';
import { applySteps } from './apply-steps.ts';
import { clusterLock } from './cluster-lock.ts';
import { ensureImage } from './cluster-tools.ts';
import type { Engine } from './engine.ts';
import { type Judgement, judge } from './judge.ts';
import { ownPlace, type Place } from './place.ts';
import { openRecording, record } from './recordings.ts';
import type { Scenario } from './scenario.ts';

export interface Outcome {
  readonly scenario: Scenario;
  readonly judgement: Judgement;
  readonly report: Report | undefined;
  /** From the last step to the answer that was judged. */
  readonly seconds: number;
}

export interface RunOptions {
  readonly engine: Engine;
  /** What to keep: runs that were judged right, or all. */
  readonly recording?: 'right' | 'all' | undefined;
  /** Ends a run early; what was changed is undone all the same. */
  readonly signal?: AbortSignal | undefined;
}

const ASK_EVERY_MS = 3000;

/** Makes the incident on the cluster of KUBECONFIG, asks until the answer is right or the time is up, and undoes everything. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<Outcome> {
  for (const { name, packages } of scenario.images) await ensureImage(name, packages);
  await using _lock = await clusterLock(scenario.exclusive);
  await using place = await ownPlace(scenario);
  try {
    await applySteps(scenario.steps, { place, folder: scenario.folder, signal: options.signal });
    const outcome = await askUntilSettled(scenario, place, options);
    return options.recording === 'all' || (options.recording === 'right' && outcome.judgement.right)
      ? await recorded(scenario, place, options, outcome)
      : outcome;
  } finally {
    await applySteps(scenario.undo, { place, folder: scenario.folder });
  }
}

/** A fault has until the end of the time to be named; a healthy state must be called healthy all the time. */
async function askUntilSettled(scenario: Scenario, place: Place, { engine, signal }: RunOptions): Promise<Outcome> {
  const started = Date.now();
  const deadline = started + scenario.settles * 1000;
  const namespace = place.namespace;
  for (;;) {
    await using reader = await openLiveReader({ env: process.env });
    const report = await engine(reader, { ask: place.fill(scenario.ask), namespace });
    const judgement = judge(scenario.expect, report);
    const settled = judgement.right !== scenario.expect.healthy;
    if (settled || Date.now() > deadline) return { scenario, judgement, report, seconds: Math.round((Date.now() - started) / 1000) };
    await sleep(ASK_EVERY_MS, undefined, { signal });
  }
}

/** The recording must give the answer that the cluster gave. */
async function recorded(scenario: Scenario, place: Place, { engine }: RunOptions, outcome: Outcome): Promise<Outcome> {
  await using live = await openLiveReader({ env: process.env });
  await record(scenario, live, place.all);
  const judgement = await replay(scenario, engine);
  if (judgement.right || !outcome.judgement.right) return outcome;
  return { ...outcome, judgement: { ...judgement, problems: judgement.problems.map((problem) => `in the recording: ${problem}`) } };
}

/** Judges what is said of the recording of a scenario. */
export async function replay(scenario: Scenario, engine: Engine): Promise<Judgement> {
  await using reader = await openRecording(scenario);
  return judge(scenario.expect, await engine(reader, { ask: askOf(scenario, reader.defaultNamespace), namespace: reader.defaultNamespace }));
}

/** The question, with the name of the recorded namespace where it says so. */
export function askOf({ ask }: Pick<Scenario, 'ask'>, namespace: string | undefined): string {
  return ask.replaceAll('$NAMESPACE', namespace ?? '');
}

import type { ConfidenceLevel, RootCause } from '../../src/domain/cause.ts';
import type { Report } from '../../src/domain/report.ts';
import type { Engine } from '../scenario-runner/engine.ts';
import { names } from '../scenario-runner/judge.ts';
import type { Expectation } from '../scenario-runner/scenario.ts';
import type { RecordedCase } from './recorded-case.ts';

/** One root cause that was named somewhere, and whether it is one. */
export interface Answer {
  readonly level: ConfidenceLevel;
  readonly confidence: number;
  readonly right: boolean;
  /** "mutation of memory-limit: image-not-found on Deployment/orders" */
  readonly text: string;
}

/** One variant of a scenario that was investigated. */
export interface Trial {
  readonly name: string;
  readonly passed: boolean;
  /** What is wrong, in plain words; empty where it passed. */
  readonly problem: string;
  readonly answers: readonly Answer[];
}

export interface Bench {
  readonly engine: Engine;
  readonly cases: readonly RecordedCase[];
}

/** What the answers must hold to over all scenarios. */
export interface Gate {
  readonly name: string;
  /** What must be true of a trial. */
  readonly claim: string;
  /** The share of trials that must pass. */
  readonly share: number;
  readonly trials: (bench: Bench) => readonly (() => Promise<Trial>)[];
}

export interface GateResult {
  readonly gate: Gate;
  readonly trials: readonly Trial[];
  readonly passed: number;
  readonly holds: boolean;
}

/** Runs every `every`th trial of a gate, one after the other: what is measured does not depend on the machine. */
export async function runGate(gate: Gate, bench: Bench, every = 1): Promise<GateResult> {
  const trials: Trial[] = [];
  for (const run of gate.trials(bench).filter((_, index) => index % every === 0)) trials.push(await run());
  const passed = trials.filter((trial) => trial.passed).length;
  return { gate, trials, passed, holds: passed >= gate.share * trials.length };
}

/** A trial by what is wrong with it. */
export function trialOf(name: string, problems: readonly string[], answers: readonly Answer[]): Trial {
  return { name, passed: problems.length === 0, problem: problems.join('; '), answers };
}

/** Every root cause of a report, held against what is known to be true. */
export function answersOf(what: string, expected: readonly Expectation[], report: Report): Answer[] {
  return report.root_causes.map((cause) => ({
    level: cause.confidence_score,
    confidence: cause.confidence,
    right: isTrue(cause, expected),
    text: `${what}: ${labelOf(cause)}`,
  }));
}

/** Whether a named cause is one of those that the scenarios are about. */
export function isTrue(cause: RootCause, expected: readonly Expectation[]): boolean {
  return expected.some((one) => !one.healthy && [one, ...one.also].some((root) => names(root, cause)));
}

export function labelOf({ cause_id: cause, object, confidence_score: level }: RootCause): string {
  return `${cause} on ${object.kind}/${object.name} (${level})`;
}

/** What is said first: the cause and whom it blames. */
export function firstOf({ root_causes: [first], verdict }: Report): string {
  return first === undefined ? verdict : `${first.cause_id} on ${first.object.kind}/${first.object.name}`;
}

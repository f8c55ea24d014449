import type { ConfidenceLevel } from '../../src/domain/cause.ts';
import type { Answer, GateResult } from './gate.ts';

/** How often answers of one kind are right. */
export interface Reliability {
  readonly label: string;
  readonly answers: number;
  readonly right: number;
  /** The mean of what was claimed. */
  readonly claimed: number;
}

export interface Calibration {
  readonly levels: readonly (Reliability & { readonly level: ConfidenceLevel; readonly needed: number })[];
  readonly buckets: readonly Reliability[];
  readonly wrong: readonly Answer[];
  readonly holds: boolean;
}

const NEEDED: Readonly<Record<ConfidenceLevel, number>> = { high: 0.95, medium: 0.75, low: 0 };
const BOUNDS = [0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.01];

/** What confidence is worth: over the answers of all gates, how often each level and each range of values is right. */
export function calibrationOf(results: readonly GateResult[]): Calibration {
  const answers = results.flatMap(({ trials }) => trials.flatMap((trial) => trial.answers));
  const levels = (['high', 'medium', 'low'] as const).map((level) => ({
    ...reliability(
      level,
      answers.filter((answer) => answer.level === level),
    ),
    level,
    needed: NEEDED[level],
  }));
  const buckets = BOUNDS.slice(0, -1).map((from, index) => {
    const to = BOUNDS[index + 1] ?? 1;
    return reliability(
      `${from.toFixed(2)} to ${Math.min(to, 1).toFixed(2)}`,
      answers.filter(({ confidence }) => confidence >= from && confidence < to),
    );
  });
  return {
    levels,
    buckets: buckets.filter(({ answers: count }) => count > 0),
    wrong: answers.filter(({ right, level }) => !right && level !== 'low'),
    holds: levels.every(({ right, answers: count, needed }) => right >= needed * count),
  };
}

function reliability(label: string, answers: readonly Answer[]): Reliability {
  const claimed = answers.reduce((sum, { confidence }) => sum + confidence, 0) / Math.max(1, answers.length);
  return { label, answers: answers.length, right: answers.filter(({ right }) => right).length, claimed };
}

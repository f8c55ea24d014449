import { isRight, type Outcome } from './judge.ts';
import { table } from './table.ts';

/** How each fault fared. */
export function perFault(outcomes: readonly Outcome[]): string {
  const rows = [...byFault(outcomes)].map(([fault, of]) => [
    fault,
    `${of.filter(isRight).length}/${of.length}`,
    `${of.filter(({ mechanism }) => mechanism).length}`,
    `${of.filter(({ named }) => named).length}`,
    `${median(of)} ms`,
  ]);
  return table([['FAULT', 'A@1', 'MECHANISM', 'OBJECT', 'MEDIAN'], ...rows]);
}

/** What was said instead, case by case. */
export function misses(outcomes: readonly Outcome[]): string {
  const wrong = outcomes.filter((outcome) => !isRight(outcome));
  if (wrong.length === 0) return 'No misses.\n';
  return table([
    ['MISSED', 'EXPECTED', 'ON', 'SAID', 'OF', 'CONFIDENCE'],
    ...wrong.map(({ recorded, cause, object, confidence }) => [recorded.name, recorded.fault, recorded.faultObject, cause, object, confidence]),
  ]);
}

/** The confusion table: each fault against the causes that were named for it; `*` marks those that count as right. */
export function confusion(outcomes: readonly Outcome[]): string {
  const rows = [...byFault(outcomes)].flatMap(([fault, of]) =>
    confusedWith(of).map(({ cause, times, right }, row) => [row === 0 ? fault : '', `${right ? '*' : ' '} ${cause}`, `${times}`]),
  );
  return table([['EXPECTED', '  NAMED', 'TIMES'], ...rows]);
}

export interface Figures {
  readonly cases: number;
  readonly right: number;
  readonly a1: number;
  readonly median_ms: number;
  /** Of the answers of each confidence, how many were right. */
  readonly calibration: Readonly<Record<string, { readonly right: number; readonly of: number }>>;
  /** fault -> cause named -> times */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const right = outcomes.filter(isRight).length;
  const level = (name: string) => outcomes.filter(({ confidence }) => confidence === name);
  return {
    cases: outcomes.length,
    right,
    a1: right / Math.max(1, outcomes.length),
    median_ms: median(outcomes),
    calibration: Object.fromEntries(['high', 'medium', 'low'].map((name) => [name, { right: level(name).filter(isRight).length, of: level(name).length }])),
    confusion: Object.fromEntries(
      [...byFault(outcomes)].map(([fault, of]) => [fault, Object.fromEntries(confusedWith(of).map(({ cause, times }) => [cause, times]))]),
    ),
  };
}

/** `of`: what the median is a median of. */
export function summary({ a1, right, cases, median_ms, calibration }: Figures, of = 'in process'): string {
  const levels = Object.entries(calibration).map(([name, level]) => `${name} ${level.right}/${level.of}`);
  return `A@1 ${a1.toFixed(3)} (${right} of ${cases}), median ${median_ms} ms ${of}; right by confidence: ${levels.join(', ')}\n`;
}

function byFault(outcomes: readonly Outcome[]): Map<string, Outcome[]> {
  return new Map([...Map.groupBy(outcomes, ({ recorded }) => recorded.fault)].sort(([a], [b]) => a.localeCompare(b)));
}

function confusedWith(outcomes: readonly Outcome[]): { cause: string; times: number; right: boolean }[] {
  return [...Map.groupBy(outcomes, ({ cause }) => cause)]
    .map(([cause, of]) => ({ cause, times: of.length, right: of.every(({ mechanism }) => mechanism) }))
    .sort((a, b) => b.times - a.times);
}

function median(outcomes: readonly Outcome[]): number {
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return Math.round(times[Math.floor(times.length / 2)] ?? 0);
}

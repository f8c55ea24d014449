import { afterAll, beforeAll, expect, test } from 'vitest';
import { GATES } from './all-gates.ts';
import { calibrationOf } from './calibration.ts';
import { type GateResult, runGate } from './gate.ts';
import { openBench } from './recorded-case.ts';

// All that is cheap runs in full; of the variants a sample, so that they take seconds. `npm run gate` runs every one.
const EVERY: Readonly<Record<string, number>> = { 'Vague question': 8, Mutation: 6, Noise: 8, 'Two faults at once': 8, Blindness: 29 };
const TIMEOUT_MS = 60_000;

let bench: Awaited<ReturnType<typeof openBench>>;
const results: GateResult[] = [];

beforeAll(async () => {
  bench = await openBench();
}, TIMEOUT_MS);
afterAll(() => bench[Symbol.asyncDispose]());

test.each(GATES)(
  '$name: $claim',
  async (gate) => {
    const result = await runGate(gate, bench, EVERY[gate.name] ?? 1);
    results.push(result);
    const failed = result.trials.filter(({ passed }) => !passed).map(({ name, problem }) => `${name}: ${problem}`);
    expect(result.holds ? [] : failed).toEqual([]);
  },
  TIMEOUT_MS,
);

test('of answers called high 95 % are right, of those called medium 75 %', () => {
  const { holds, wrong } = calibrationOf(results);
  expect(holds ? [] : wrong.map(({ level, text }) => `${level} ${text}`)).toEqual([]);
});

import { parseArgs } from 'node:util';
import { GATES } from './all-gates.ts';
import { calibrationOf } from './calibration.ts';
import { type GateResult, runGate } from './gate.ts';
import { gatesText, shareOf, writeQualityPage } from './quality-page.ts';
import { openBench } from './recorded-case.ts';

type Print = (text: string) => void;
const USAGE = 'usage: node scripts/gate.ts [--gate NAME] [--only SCENARIO,...] [--every N]\n';

/** Runs the gates over the recorded scenarios and prints each figure with what did not pass; a run of all of them is written down. */
export async function runGates(argv: readonly string[], print: Print): Promise<number> {
  const options = optionsOf(argv);
  if (options === undefined) {
    print(USAGE);
    return 2;
  }
  await using bench = await openBench(options.only);
  const results: GateResult[] = [];
  for (const gate of GATES.filter(({ name }) => options.gate === undefined || name.toLowerCase().includes(options.gate))) {
    const result = await runGate(gate, bench, options.every);
    results.push(result);
    print(`${result.holds ? 'holds ' : 'FAILS '} ${gate.name}: ${shareOf(result.passed, result.trials.length)}\n`);
    for (const { name, problem } of result.trials.filter(({ passed }) => !passed)) print(`         ${name}: ${problem}\n`);
  }
  const calibration = calibrationOf(results);
  for (const { level, right, answers } of calibration.levels) print(`        of answers called ${level}, right: ${shareOf(right, answers)}\n`);
  for (const { label, claimed, right, answers } of calibration.buckets) print(`          ${label}, mean ${claimed.toFixed(2)}: ${shareOf(right, answers)}\n`);
  for (const { level, text } of calibration.wrong) print(`        wrong and ${level}: ${text}\n`);
  const whole = options.only === undefined && options.gate === undefined && options.every === 1;
  if (whole) writeQualityPage({ recordings: gatesText(results, calibration) });
  return results.every(({ holds }) => holds) && calibration.holds ? 0 : 1;
}

function optionsOf(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { gate: { type: 'string' }, only: { type: 'string' }, every: { type: 'string', default: '1' } },
    });
    return { gate: values.gate?.toLowerCase(), only: values.only?.split(','), every: Math.max(1, Number(values.every) || 1) };
  } catch {
    return undefined;
  }
}

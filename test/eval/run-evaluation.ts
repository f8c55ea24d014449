import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RecordedCase, readCases } from './case.ts';
import { type Engine, programEngine, sourceEngine } from './engines.ts';
import { confusion, figuresOf, misses, perFault, summary } from './figures.ts';
import { judge, type Meaning, type Outcome } from './judge.ts';

const USAGE = `usage: npm run eval -- DIR [--only TEXT] [--in-process] [--json FILE]
  --only TEXT   cases whose name or fault holds TEXT
  --in-process  from source and in this process: faster, but the times are not those of a user
  --json FILE   figures, confusion table and every outcome
`;

/** Asks the question of every case of a folder, one after the other, and prints how often the first cause is right (A@1). */
export async function runEvaluation(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv.filter((word) => word !== '--'),
    allowPositionals: true,
    options: { only: { type: 'string' }, 'in-process': { type: 'boolean' }, json: { type: 'string' } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    print(USAGE);
    return 2;
  }
  const { only = '', json } = values;
  const cases = readCases(folder).filter(({ name, fault }) => name.includes(only) || fault.includes(only));
  const outcomes = await askAll(cases, values['in-process'] === true ? await sourceEngine() : programEngine);
  const figures = figuresOf(outcomes);
  print(`${perFault(outcomes)}\n${confusion(outcomes)}\n${misses(outcomes)}\n${summary(figures)}`);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...figures, outcomes }, null, 1)}\n`);
  return 0;
}

async function askAll(cases: readonly RecordedCase[], engine: Engine): Promise<Outcome[]> {
  const meanings = JSON.parse(readFileSync(join(import.meta.dirname, 'cloud-opsbench.json'), 'utf8')) as Record<string, Meaning>;
  const outcomes: Outcome[] = [];
  for (const recorded of cases) {
    const started = performance.now();
    const report = await engine(recorded);
    outcomes.push(judge(recorded, meanings[recorded.fault] ?? { causes: [] }, report, performance.now() - started));
  }
  return outcomes;
}

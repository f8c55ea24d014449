import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type RecordedCase, readCases } from './case.ts';
import { type Engine, programEngine, sourceEngine } from './engines.ts';
import { confusion, figuresOf, misses, perFault, summary } from './figures.ts';
import { isRight, judge, type Meaning, type Outcome } from './judge.ts';
import { TRANSFORMS } from './transforms/all.ts';
import { readDump, writeDump } from './transforms/dump.ts';

const USAGE = `usage: npm run eval -- DIR [--only TEXT] [--in-process] [--transform NAMES] [--json FILE]
  --only TEXT        cases whose name or fault holds TEXT
  --in-process       from source and in this process: faster, but the times are not those of a user
  --transform NAMES  rewrite each dump so that the same incident is told otherwise, and say how A@1 holds (implies --in-process);
                     all, or some of: ${Object.keys(TRANSFORMS).join(', ')}
  --json FILE        figures, confusion table and every outcome
`;

/** Asks the question of every case of a folder, one after the other, and prints how often the first cause is right (A@1). */
export async function runEvaluation(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const { positionals, values } = parseArgs({
    args: argv.filter((word) => word !== '--'),
    allowPositionals: true,
    options: { only: { type: 'string' }, 'in-process': { type: 'boolean' }, transform: { type: 'string' }, json: { type: 'string' } },
  });
  const [folder] = positionals;
  if (folder === undefined) {
    print(USAGE);
    return 2;
  }
  const { only = '', json, transform } = values;
  const cases = readCases(folder).filter(({ name, fault }) => name.includes(only) || fault.includes(only));
  if (transform !== undefined) return runTransformed(cases, transform, print);
  const within = await askAll(cases, await sourceEngine());
  const outcomes = values['in-process'] === true ? within : await askAll(cases, programEngine);
  const figures = { ...figuresOf(outcomes), median_in_process_ms: figuresOf(within).median_ms };
  print(`${perFault(outcomes)}\n${confusion(outcomes)}\n${misses(outcomes)}\n`);
  if (outcomes === within) print(summary(figures));
  else print(summary(figures, `a case as a process, from the command's start to its exit, ${figures.median_in_process_ms} ms in process`));
  if (json !== undefined) writeFileSync(json, `${JSON.stringify({ ...figures, outcomes }, null, 1)}\n`);
  return 0;
}

/** Each transformation by itself: a drop that is no loss of what decides the case is a mechanism that leans on accidents. */
async function runTransformed(cases: readonly RecordedCase[], names: string, print: (text: string) => void): Promise<number> {
  const wanted = names === 'all' ? Object.keys(TRANSFORMS) : names.split(',');
  const unknown = wanted.filter((name) => TRANSFORMS[name] === undefined);
  if (unknown.length > 0) {
    print(`no transformation is called ${unknown.join(', ')}\n${USAGE}`);
    return 2;
  }
  const engine = await sourceEngine();
  const folder = mkdtempSync(join(tmpdir(), 'sre-orch-eval-'));
  try {
    for (const name of wanted) {
      const transform = TRANSFORMS[name] ?? ((dump) => dump);
      const outcomes: Outcome[] = [];
      for (const recorded of cases) outcomes.push(...(await askAll([writeDump(transform(readDump(recorded)), folder)], engine)));
      const wrong = outcomes.some((outcome) => !isRight(outcome));
      print(`${name.padEnd(20)} ${summary(figuresOf(outcomes))}${wrong ? misses(outcomes) : ''}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../src/domain/report.ts';
import { namesObject, type RecordedCase, readCases } from './case.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Outcome {
  readonly recorded: RecordedCase;
  readonly cause: string;
  readonly object: string;
  readonly confidence: string;
  readonly mechanism: boolean;
  readonly named: boolean;
  readonly milliseconds: number;
}

/** Runs the built program on every case of a folder, one after the other, and prints how often its first cause is right (A@1). */
export async function runEvaluation(argv: readonly string[], print: (text: string) => void): Promise<number> {
  const [folder, ...rest] = argv.filter((word) => word !== '--');
  if (folder === undefined) {
    print('usage: npm run eval -- DIR [--only TEXT] [--json FILE]\n');
    return 2;
  }
  const option = (name: string): string | undefined => (rest.includes(name) ? rest[rest.indexOf(name) + 1] : undefined);
  const only = option('--only');
  const mapping = JSON.parse(readFileSync(join(ROOT, 'test/eval/cloud-opsbench.json'), 'utf8')) as Record<string, string[]>;
  const outcomes: Outcome[] = [];
  for (const recorded of readCases(folder).filter(({ name, fault }) => only === undefined || name.includes(only) || fault.includes(only))) {
    outcomes.push(await judge(recorded, mapping[recorded.fault] ?? []));
  }
  print(`${perCause(outcomes)}\n${misses(outcomes)}\n${summary(outcomes)}\n`);
  const file = option('--json');
  if (file !== undefined) writeFileSync(file, `${JSON.stringify(outcomes, null, 1)}\n`);
  return 0;
}

async function judge(recorded: RecordedCase, meaning: readonly string[]): Promise<Outcome> {
  const started = performance.now();
  const { stdout } = await promisify(execFile)(
    join(ROOT, 'node_modules/.bin/node'),
    [
      join(ROOT, 'bin/sre-orch.js'),
      'investigate',
      recorded.query,
      '-n',
      recorded.namespace,
      '--snapshot',
      recorded.snapshot,
      '--output',
      'json',
      '--no-store',
      '--quiet',
    ],
    { maxBuffer: 2 ** 27 },
  );
  const milliseconds = performance.now() - started;
  const report = JSON.parse(stdout) as Report;
  const [first] = report.root_causes;
  return {
    recorded,
    cause: first?.cause_id ?? report.verdict,
    object: first ? `${first.object.kind}/${first.object.name}` : '-',
    confidence: first?.confidence_score ?? '-',
    mechanism: first !== undefined && meaning.includes(first.cause_id),
    named: namesObject(first, recorded, report),
    milliseconds,
  };
}

function perCause(outcomes: readonly Outcome[]): string {
  const faults = [...new Set(outcomes.map(({ recorded }) => recorded.fault))].sort();
  const rows = faults.map((fault) => {
    const of = outcomes.filter(({ recorded }) => recorded.fault === fault);
    return [
      fault,
      `${of.filter(right).length}/${of.length}`,
      `${of.filter(({ mechanism }) => mechanism).length}`,
      `${of.filter(({ named }) => named).length}`,
      `${median(of)} ms`,
    ];
  });
  return table([['FAULT', 'A@1', 'MECHANISM', 'OBJECT', 'MEDIAN'], ...rows]);
}

/** The confusion: what was said instead. */
function misses(outcomes: readonly Outcome[]): string {
  const wrong = outcomes.filter((outcome) => !right(outcome));
  if (wrong.length === 0) return 'No misses.';
  return table([
    ['MISSED', 'EXPECTED', 'ON', 'SAID', 'OF', 'CONFIDENCE'],
    ...wrong.map(({ recorded, cause, object, confidence }) => [recorded.name, recorded.fault, recorded.faultObject, cause, object, confidence]),
  ]);
}

function summary(outcomes: readonly Outcome[]): string {
  const hits = outcomes.filter(right).length;
  const level = (name: string): string => {
    const of = outcomes.filter(({ confidence }) => confidence === name);
    return `${name} ${of.filter(right).length}/${of.length}`;
  };
  return `A@1 ${(hits / Math.max(1, outcomes.length)).toFixed(3)} (${hits} of ${outcomes.length}), median ${median(outcomes)} ms; right by confidence: ${['high', 'medium', 'low'].map(level).join(', ')}`;
}

function right({ mechanism, named }: Outcome): boolean {
  return mechanism && named;
}

function median(outcomes: readonly Outcome[]): number {
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return Math.round(times[Math.floor(times.length / 2)] ?? 0);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

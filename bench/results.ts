import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

/** One line of the table; budgets are those of the design. */
export interface Row {
  readonly what: string;
  readonly measured: number;
  readonly unit: 'ms' | 'MiB' | 'requests' | 'CPU';
  readonly budget: number;
  /** Processor time behind a wall time: what a busy machine does not inflate as much. */
  readonly cpuMs?: number | null;
}

const FILE = join(import.meta.dirname, 'results.json');
const PARTS = ['server', 'chart', 'agent'] as const;
const partOf = ({ what }: Row): string => PARTS.find((part) => what.startsWith(part)) ?? 'program';

/** Prints what was measured, and writes it into results.json beside what the other part of the bench measured. Whether all is within its budget. */
export function keepRows(part: 'program' | (typeof PARTS)[number], rows: readonly Row[], circumstances: Readonly<Record<string, string>> = {}): boolean {
  const load = loadavg()[0] ?? 0;
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, measured, unit, budget, cpuMs } of rows) {
    const cpu = cpuMs == null ? '' : `cpu ${String(cpuMs).padStart(5)} ms`;
    const verdict = measured <= budget ? 'pass' : 'OVER';
    process.stdout.write(
      `${what.padEnd(width)}  ${measured.toFixed(unit === 'CPU' ? 2 : 0).padStart(6)} ${unit.padEnd(8)}  budget ${String(budget).padStart(5)}  ${verdict}  ${cpu}\n`,
    );
  }
  const before = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as { rows: Row[] }).rows.filter((row) => partOf(row) !== part) : [];
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gib: Math.round(totalmem() / 2 ** 30),
    load: Math.round(load * 10) / 10,
    ...circumstances,
  };
  const all = part === 'program' ? [...rows, ...before] : [...before, ...rows];
  writeFileSync(FILE, `${JSON.stringify({ machine, rows: all }, null, 2)}\n`);
  return rows.every(({ measured, budget }) => measured <= budget);
}

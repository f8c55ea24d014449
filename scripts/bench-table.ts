import { readFile } from 'node:fs/promises';
import type { Row } from '../bench/results.ts';

const START = '<!-- bench: written by `npm run docs` -->';
const END = '<!-- /bench -->';
/** What sizes are chosen by; how fast a key is drawn is not among it. */
const SIZING = /^(?:a namespace|all namespaces|server|chart|agent)/;

interface Results {
  readonly machine: { readonly node: string; readonly cpu: string; readonly cores: number; readonly load: number };
  readonly rows: readonly Row[];
}

/** docs/operations.md with what the bench measured last. */
export async function withBench(page: string): Promise<string> {
  const { machine, rows } = JSON.parse(await readFile('bench/results.json', 'utf8')) as Results;
  const [before] = page.split(START);
  const after = page.split(END)[1];
  if (after === undefined) throw new Error(`docs/operations.md has no place for the bench: ${START} … ${END}`);
  const lines = rows
    .filter(({ what }) => SIZING.test(what))
    .map(({ what, measured, unit, budget }) => `| ${what} | ${said(measured, unit)} | ${said(budget, unit)} |`);
  const where = `Measured by \`npm run bench\` on ${machine.cores} cores (${machine.cpu}), Node ${machine.node}, at a load of ${machine.load}, on a Kubernetes 1.34. [All figures](../bench/results.json).`;
  return `${before}${START}\n${[where, '', '| what | measured | budget |', '|---|---|---|', ...lines].join('\n')}\n${END}${after}`;
}

function said(value: number, unit: Row['unit']): string {
  if (unit === 'CPU') return `${value.toFixed(2)} CPU`;
  return unit === 'requests' ? String(Math.round(value)) : `${Math.round(value).toLocaleString('en-US')} ${unit}`;
}

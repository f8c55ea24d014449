import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runEvaluation } from '../eval/run-evaluation.ts';
import { type Result, runOnCluster } from '../scenario-runner/run-scenarios.ts';
import { shareOf, writeQualityPage } from './quality-page.ts';
import { runGates } from './run-gates.ts';

type Print = (text: string) => void;
const RIGHT_ON_CLUSTER = 0.95;

/**
 * Everything that must hold: the gates over the recordings; with KUBECONFIG all scenarios on that cluster; with
 * SRE_ORCH_INCIDENTS the recorded incidents of that folder. What was measured is written to docs/quality.md.
 */
export async function runWholeGate(argv: readonly string[], print: Print): Promise<number> {
  const recordings = await runGates(argv, print);
  if (argv.length > 0) return recordings;
  const cluster = process.env['KUBECONFIG'] === undefined ? 0 : await clusterGate(print);
  const folder = process.env['SRE_ORCH_INCIDENTS'];
  if (folder !== undefined) await incidents(folder, print);
  return Math.max(recordings, cluster);
}

async function clusterGate(print: Print): Promise<number> {
  const results = await runOnCluster(print);
  const right = results.filter((result) => result.right).length;
  print(`on the cluster: ${shareOf(right, results.length)}\n`);
  writeQualityPage({ cluster: clusterText(results) });
  return right >= RIGHT_ON_CLUSTER * results.length ? 0 : 1;
}

function clusterText(results: readonly Result[]): string {
  const right = results.filter((result) => result.right);
  return [
    '## On a real cluster\n',
    `Each scenario was made on a Kubernetes cluster and asked about: ${shareOf(right.length, results.length)} told rightly, 95 % needed.\n`,
    '| Scenario | What was said |',
    '| --- | --- |',
    ...results.map(({ name, right, text }) => `| ${name} | ${right ? '' : '**wrong**: '}${text.replaceAll('|', '/').replaceAll('\n', ' ')} |`),
  ].join('\n');
}

async function incidents(folder: string, print: Print): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'gate-'));
  try {
    const file = join(scratch, 'figures.json');
    await runEvaluation([folder, '--in-process', '--json', file], print);
    const { right, cases } = JSON.parse(readFileSync(file, 'utf8')) as { right: number; cases: number };
    writeQualityPage({ incidents: `## On recorded incidents of others\n\nThe first cause, right in cause and object: ${shareOf(right, cases)}, 92 % needed.` });
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const OF_THE_CLUSTER = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'bin/helm');

/** The chart of this repository. */
export const CHART = resolve(import.meta.dirname, '../../charts/sre-orchestrator');

/** Helm of the cluster at hand, else the one on the PATH; undefined where there is none. */
export const HELM: string | undefined = existsSync(OF_THE_CLUSTER) ? OF_THE_CLUSTER : spawnSync('helm', ['version']).error === undefined ? 'helm' : undefined;

/** Runs Helm; answers stdout. */
export async function helm(...args: string[]): Promise<string> {
  return (await run(HELM ?? 'helm', args, { maxBuffer: 2 ** 26 })).stdout;
}

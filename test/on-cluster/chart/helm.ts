import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const CHART = join(import.meta.dirname, '../../../charts/sre-orchestrator');
const OF_THE_CLUSTER = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'bin/helm');

/** Helm of the cluster at hand, or the one on the PATH. */
export async function helm(...args: string[]): Promise<string> {
  return (await run(existsSync(OF_THE_CLUSTER) ? OF_THE_CLUSTER : 'helm', args, { maxBuffer: 2 ** 26 })).stdout;
}

/** Values as Helm takes them on its command line. */
export const values = (set: Readonly<Record<string, string | number | boolean>>): string[] =>
  Object.entries(set).flatMap(([path, value]) => ['--set', `${path}=${value}`]);

/** The image under test, as the cluster knows it: NAME:TAG. undefined: none was built. */
export const IMAGE = process.env['SRE_ORCH_IMAGE'];

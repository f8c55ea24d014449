import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
// Only the cluster that this repository is tested on comes with them; elsewhere the scenarios that need them are left out.
const FOLDER = process.env['SRE_ORCH_CLUSTER_TOOLS'] ?? join(import.meta.dirname, '../../../shared/cluster');
const HOME = process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster';

/** Whether parts of this cluster can be stopped and images be built for it. */
export function hasClusterTools(): boolean {
  return existsSync(join(FOLDER, 'part.sh'));
}

/** Stops, starts, pauses or resumes a part of the control plane or of the node. */
export async function switchPart(action: string, part: string): Promise<void> {
  await run(join(FOLDER, 'part.sh'), [action, part]);
}

/** Builds an image of Debian packages unless the node has it. */
export async function ensureImage(name: string, packages: readonly string[]): Promise<void> {
  const { stdout } = await run('ctr', ['-a', join(HOME, 'containerd/containerd.sock'), '-n', 'k8s.io', 'images', 'ls', '-q']);
  const known = stdout.split('\n').some((image) => image === name || image.endsWith(`/${name}`));
  if (!known) await run('python3', [join(FOLDER, 'image.py'), 'debian', name, ...packages], { maxBuffer: 2 ** 26 });
}

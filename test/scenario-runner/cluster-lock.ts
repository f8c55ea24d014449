import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FILE = process.env['SRE_ORCH_CLUSTER_LOCK'] ?? join(tmpdir(), 'sre-orch-cluster.lock');

/**
 * Takes the lock of the cluster, by flock(1) so that scripts can take the same one: alone for what breaks things for others,
 * shared for all else.
 */
export async function clusterLock(exclusive: boolean): Promise<AsyncDisposable> {
  const holder = spawn('flock', [exclusive ? '-x' : '-s', FILE, 'sh', '-c', 'echo held; read line'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(holder, 'exit');
  const held = await Promise.race([once(holder.stdout, 'data').then(() => true), ended.then(() => false)]);
  if (!held) throw new Error(`the lock ${FILE} could not be taken`);
  return {
    async [Symbol.asyncDispose]() {
      holder.stdin.end('\n');
      await ended;
    },
  };
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** kubectl against the KUBECONFIG of the run; answers stdout. `input` goes to its stdin. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const running = run('kubectl', args, { maxBuffer: 2 ** 26 });
  if (input !== undefined) running.child.stdin?.end(input);
  return (await running).stdout;
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface KubectlOptions {
  /** For its stdin. */
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/** kubectl against the KUBECONFIG of the run; answers stdout. */
export async function kubectl(args: readonly string[], { input, signal }: KubectlOptions = {}): Promise<string> {
  const running = run('kubectl', args, { maxBuffer: 2 ** 26, ...(signal === undefined ? {} : { signal }) });
  if (input !== undefined) running.child.stdin?.end(input);
  return (await running).stdout;
}

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Report } from '../../src/domain/report.ts';

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, '../..');
const NODE = join(ROOT, 'node_modules/.bin/node');

/** kubectl against the KUBECONFIG of the tests; answers stdout. */
export async function kubectl(...args: string[]): Promise<string> {
  return (await run('kubectl', args, { maxBuffer: 2 ** 26 })).stdout;
}

/** Inner addresses of the nodes that run pods; of simulated nodes nothing answers. */
export async function nodeAddresses(): Promise<string[]> {
  const path = 'jsonpath={range .items[*]}{.status.addresses[?(@.type=="InternalIP")].address}{"\\n"}{end}';
  const told = await kubectl('get', 'nodes', '-l', 'type!=kwok', '-o', path);
  return told.split('\n').filter((address) => address !== '');
}

/** A namespace of a test's own, removed when the test lets go of it. */
export async function ownNamespace(prefix: string): Promise<{ name: string } & AsyncDisposable> {
  const name = `${prefix}-${randomBytes(3).toString('hex')}`;
  await kubectl('create', 'namespace', name);
  return {
    name,
    async [Symbol.asyncDispose]() {
      await kubectl('delete', 'namespace', name, '--wait=false');
    },
  };
}

/** The built program, as a person starts it. */
export async function investigate(description: string, ...args: string[]): Promise<Report> {
  return investigateWith({}, description, ...args);
}

/** The same with more in its environment: a language model. */
export async function investigateWith(env: Readonly<Record<string, string>>, description: string, ...args: string[]): Promise<Report> {
  const { stdout } = await run(NODE, [join(ROOT, 'bin/sre-orch.js'), 'investigate', description, '--output', 'json', '--no-store', '--quiet', ...args], {
    maxBuffer: 2 ** 27,
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as Report;
}

/** Asks again until the answer satisfies, because a fault takes the kubelet a while to show. The last answer is given back either way. */
export async function eventually<T>(ask: () => Promise<T>, satisfies: (answer: T) => boolean, seconds: number): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let answer = await ask();
  while (!satisfies(answer) && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 2000));
    answer = await ask();
  }
  return answer;
}

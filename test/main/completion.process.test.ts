import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type SlowCluster, slowCluster } from '../fixtures/slow-cluster.ts';
import { DUMPS, expectCode, Home, ROOT } from './program.ts';
import { Screen } from './terminal/screen.ts';

const home = new Home();
const bin = join(home.path, 'bin');
const env = { PATH: `${bin}:${process.env['PATH']}` };
let cluster: SlowCluster;
let incident: string;

beforeAll(async () => {
  mkdirSync(bin);
  for (const name of ['sre-orch', 'kubectl-sre_orch', 'kubectl_complete-sre_orch']) symlinkSync(join(ROOT, `bin/${name}.js`), join(bin, name));
  const named = (name: string) => ({ metadata: { name, namespace: 'orders', uid: name } });
  cluster = await slowCluster({
    folder: home.path,
    answers: { statefulsets: 'forbid' },
    items: {
      namespaces: [{ metadata: { name: 'orders' } }, { metadata: { name: 'other' } }] as never,
      deployments: [named('checkout')],
      services: [named('cart')],
    },
  });
  const { stdout } = expectCode(await home.run(['investigate', 'checkout is failing', '--snapshot', join(DUMPS, 'memory-limit'), '-o', 'json']), 0);
  incident = (JSON.parse(stdout) as { incident_id: string }).incident_id;
  mkdirSync(join(home.path, 'config/sre-orch'), { recursive: true });
  writeFileSync(join(home.path, 'config/sre-orch/config.yaml'), 'profiles:\n  prod-eu:\n    namespace: orders\n');
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const missing = (shell: string): boolean => spawnSync(shell, ['--version']).error !== undefined;

/** What the program answers to a shell, without descriptions. */
async function answered(...words: string[]): Promise<string[]> {
  const { stdout, stderr } = expectCode(await home.run(['__complete', ...words], { env }), 0);
  expect(stderr).toBe('');
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[0] ?? '');
}

describe('live names', () => {
  test('namespaces of the cluster of the line', async () => {
    expect(await answered('investigate', 'x', '--kubeconfig', cluster.kubeconfig, '-n', '')).toEqual(['orders', 'other', ':4']);
  });

  test('objects in the namespace of the context; what may not be listed is left out', async () => {
    expect(await answered('investigate', 'checkout', '--kubeconfig', cluster.kubeconfig, 'c')).toEqual(['checkout', 'cart', ':4']);
    expect(await answered('investigate', '-n', 'elsewhere', '--kubeconfig', cluster.kubeconfig, 'c')).toEqual([':4']);
  });

  test('objects and namespaces of a dump', async () => {
    const dump = join(DUMPS, 'memory-limit');
    expect(await answered('investigate', '--snapshot', dump, 'check')).toEqual(['checkout', ':4']);
    expect(await answered('investigate', '--snapshot', dump, '-n', 'o')).toEqual(['orders', ':4']);
  });

  test('contexts, profiles, incidents, rules, settings', async () => {
    expect(await answered('investigate', 'x', '--kubeconfig', cluster.kubeconfig, '--context', '')).toEqual(['slow', ':4']);
    expect(await answered('investigate', 'x', '--profile', '')).toEqual(['prod-eu', ':4']);
    expect(await answered('show', '')).toEqual(['last', incident, ':4']);
    expect(await answered('rules', 'explain', 'container-oom-killed-o')).toEqual(['container-oom-killed-once', ':4']);
    expect(await answered('config', 'get', 'knowl')).toEqual(['knowledge_graph', ':4']);
  });

  test('a cluster that does not answer is waited for no longer than a person would, and nothing is said', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { version: 'hang' }, otherwise: 'hang' });
    const from = performance.now();
    expect(await answered('investigate', 'x', '--kubeconfig', hanging.kubeconfig, '-n', '')).toEqual([':4']);
    expect(performance.now() - from).toBeLessThan(5_000);
    expect(await answered('investigate', 'x', '--kubeconfig', '/nowhere', '-n', '')).toEqual([':4']);
  });
});

const INTERACTIVE = [
  { shell: 'bash', args: ['--norc', '--noprofile', '-i'], load: 'source <(sre-orch completion bash)', loading: /ready> source[\s\S]*\nready>/ },
  {
    shell: 'zsh',
    args: ['-f', '-i'],
    columns: 140,
    load: 'autoload -U compinit && compinit -u && source <(sre-orch completion zsh)',
    loading: /ready> autoload[\s\S]*\nready>/,
  },
];

for (const { shell, args, load, loading, ...size } of INTERACTIVE) {
  test.skipIf(missing(shell))(`${shell} puts in what Tab completes`, async () => {
    using screen = new Screen(home, args, { command: [shell], env: { ...env, PS1: 'ready> ' }, ...size });
    await screen.shows(/ready>/);
    screen.type(`${load}\r`);
    await screen.shows(loading);
    screen.type('sre-orch gra\t');
    await screen.shows(/sre-orch graph/);
    screen.type(`\u0015sre-orch investigate x --kubeconfig ${cluster.kubeconfig} --namespace=ord\t`);
    await screen.shows(/--namespace=orders/);
    screen.type('\u0015sre-orch show inc\t');
    await screen.shows(new RegExp(`sre-orch show ${incident}`));
    screen.type('\u0015exit\r');
    await screen.exited;
  });
}

// The cluster lives in this process: what asks it must not block it.
const under = (script: string, ...args: string[]) => home.shell(`${script} ${args.map((word) => `'${word}'`).join(' ')}`, { env });

test.skipIf(missing('fish'))('fish is told what fits', async () => {
  const line = async (text: string): Promise<string[]> =>
    (await under(`fish --no-config -c 'sre-orch completion fish | source; complete -C $argv[1]'`, text)).stdout
      .trimEnd()
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '');
  expect(await line('sre-orch gra')).toEqual(['graph']);
  expect(await line(`sre-orch investigate x --kubeconfig ${cluster.kubeconfig} --namespace=ord`)).toEqual(['--namespace=orders']);
  expect(await line('sre-orch show inc')).toEqual([incident]);
});

describe.skipIf(missing('kubectl'))('a plugin of kubectl', () => {
  test('kubectl finds it, and its texts say how it was called', async () => {
    expect((await under('kubectl plugin list')).stdout).toContain('kubectl-sre_orch');
    const { stdout } = expectCode(await under('kubectl sre-orch list --help'), 0);
    expect(stdout).toMatch(/^Usage: kubectl sre-orch list/);
    expect(stdout).toContain('$ kubectl sre-orch list --status interrupted');
    expect(expectCode(await under('kubectl sre-orch lst'), 2).stderr).toContain('"kubectl sre-orch --help"');
  });

  test('its options are those of kubectl', async () => {
    const spaced = expectCode(await under('kubectl sre-orch list -o json -n orders'), 0).stdout;
    expect(expectCode(await under('kubectl sre-orch list -o=json -n=orders'), 0).stdout).toBe(spaced);
    expect(expectCode(await under('kubectl sre-orch list -ojson -norders'), 0).stdout).toBe(spaced);
  });

  test('kubectl completes it', async () => {
    const { stdout } = await under('kubectl __complete sre-orch investigate x -n ord --kubeconfig', cluster.kubeconfig, '-n', 'ord');
    expect(stdout).toBe('orders\n:4\n');
  });
});

test.each(['bash', 'zsh', 'fish'])('the script for %s is valid', async (shell) => {
  const { stdout } = expectCode(await home.run(['completion', shell]), 0);
  expect(stdout).toContain('sre-orch __complete');
  if (missing(shell)) return;
  writeFileSync(join(home.path, shell), stdout);
  expect(expectCode(await under(`${shell} -n`, shell), 0).stderr).toBe('');
});

test('a shell that is not known is a usage error', async () => {
  expect(expectCode(await home.run(['completion', 'constructor']), 2).stderr).toMatch(/^error SETTINGS_INVALID: .*bash, zsh, fish/);
});

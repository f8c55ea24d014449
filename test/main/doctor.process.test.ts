import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { afterAll, describe, expect, test } from 'vitest';
import { slowCluster } from '../fixtures/slow-cluster.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

interface Doctor {
  checks: { name: string; status: string; text: string; next_steps: string[] }[];
  rbac: string | null;
}

async function doctor(code: number, ...args: string[]): Promise<{ statuses: Record<string, string>; report: Doctor }> {
  const report = JSON.parse(expectCode(await home.run(['doctor', '-o', 'json', ...args]), code).stdout) as Doctor;
  return { statuses: Object.fromEntries(report.checks.map(({ name, status }) => [name, status])), report };
}

describe('doctor', () => {
  test('where all is well, says so check by check', async () => {
    await using cluster = await slowCluster({ folder: home.path });
    const { stdout } = expectCode(await home.run(['doctor', '--kubeconfig', cluster.kubeconfig]), 0);
    expect(stdout.match(/^\S+/gm)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(stdout).toMatch(/cluster: .*answers, Kubernetes v1\.34\.4/);
  });

  test('where a permission is missing, prints the RBAC that grants it, for that namespace and for reading only', async () => {
    await using cluster = await slowCluster({ folder: home.path, answers: { configmaps: 'forbid' } });
    const { statuses, report } = await doctor(0, '--kubeconfig', cluster.kubeconfig, '-n', 'orders');
    expect(statuses).toEqual({ node: 'ok', cluster: 'ok', permissions: 'warn', store: 'ok', rules: 'ok' });
    const documents = (report.rbac ?? '').split('---\n').map((text) => load(text)) as { kind: string; rules?: { resources: string[]; verbs: string[] }[] }[];
    expect(documents.map(({ kind }) => kind)).toEqual(['Role', 'RoleBinding']);
    const rules = documents[0]?.rules ?? [];
    expect(rules.flatMap(({ resources }) => resources)).toContain('configmaps');
    expect(rules.flatMap(({ resources }) => resources)).not.toContain('secrets');
    expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['get', 'list']));
  });

  test('sends nothing but reads and reviews of its own access', async () => {
    await using cluster = await slowCluster({ folder: home.path, answers: { pods: 'forbid' } });
    const { statuses } = await doctor(1, '--kubeconfig', cluster.kubeconfig);
    expect(statuses['permissions']).toBe('fail');
    const others = cluster.requests.filter((request) => !request.startsWith('GET ') && !/^POST .*\/selfsubject(?:access|rules)reviews$/.test(request));
    expect(others).toEqual([]);
  });

  test('without a cluster, still checks the rest, and exits 3', async () => {
    const { statuses, report } = await doctor(3, '--kubeconfig', '/nowhere');
    expect(statuses).toEqual({ node: 'ok', cluster: 'fail', permissions: 'warn', store: 'ok', rules: 'ok' });
    expect(report.checks[1]?.text).toContain('KUBECONFIG_NOT_FOUND');
  });

  test('tells a store and rules that cannot be used', async () => {
    await using cluster = await slowCluster({ folder: home.path });
    mkdirSync(join(home.path, 'blocked'));
    writeFileSync(join(home.path, 'blocked/store'), '');
    const { statuses, report } = await doctor(
      1,
      '--kubeconfig',
      cluster.kubeconfig,
      '--data-dir',
      join(home.path, 'blocked/store'),
      '--rules',
      join(DUMPS, '../rules/broken'),
    );
    expect(statuses).toMatchObject({ cluster: 'ok', store: 'fail', rules: 'fail' });
    expect(report.checks.find(({ name }) => name === 'rules')?.text).toMatch(/conditions\.yaml:6:13/);
  });
});

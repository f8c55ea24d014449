import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/domain/report.ts';
import { type SlowCluster, slowCluster } from '../fixtures/slow-cluster.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
const SOURCE = join(DUMPS, 'memory-limit');
const SECRET = 'hunter2-is-no-password';
const secret = { metadata: { name: 'db', namespace: 'orders', uid: 'uid-db' }, data: { password: Buffer.from(SECRET).toString('base64') } };
let cluster: SlowCluster;

const itemsIn = (path: string): { metadata: { namespace?: string } }[] => (JSON.parse(readFileSync(path, 'utf8')) as { items: { metadata: object }[] }).items;

/** The objects of a dump, served as a cluster would. */
beforeAll(async () => {
  const files = readdirSync(join(SOURCE, 'orders')).filter((name) => name.endsWith('.json'));
  cluster = await slowCluster({
    folder: home.path,
    items: {
      nodes: itemsIn(join(SOURCE, 'nodes.json')),
      ...Object.fromEntries(files.map((name) => [name.replace('.json', ''), itemsIn(join(SOURCE, 'orders', name))])),
      secrets: [secret],
    },
    logs: { 'checkout-6c9f-x1': `starting\npassword=${SECRET}\n`, 'storefront-6c9f-y1': 'ready\n' },
    answers: { ingresses: 'forbid' },
  });
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const snapshot = (...args: string[]): string[] => ['snapshot', '--kubeconfig', cluster.kubeconfig, ...args];
const causesOf = ({ root_causes }: Report): unknown => root_causes.map(({ cause_id, object, confidence_score }) => ({ cause_id, object, confidence_score }));
const investigate = async (...where: string[]): Promise<Report> =>
  reportSchema.parse(JSON.parse(expectCode(await home.run(['investigate', 'checkout is failing', '-o', 'json', '--no-store', ...where]), 0).stdout));

describe('snapshot', () => {
  test.each(['dump', 'dump.tar.gz'])('%s reads back to the same root causes', async (out) => {
    const { stdout, stderr } = expectCode(await home.run(snapshot('-n', 'orders', '--out', out)), 0);
    expect(stderr).toContain('pods in orders');
    expect(stdout).toMatch(/: \d+ objects and \d+ logs of orders in \d+ files/);
    expect(stdout).toMatch(/^not in it: ingresses in orders \(forbidden; needs list ingresses/m);
    const [live, dumped] = [await investigate('--kubeconfig', cluster.kubeconfig), await investigate('--snapshot', join(home.path, out))];
    expect(causesOf(live)).toHaveLength(1);
    expect(causesOf(dumped)).toEqual(causesOf(live));
    expect(dumped.gaps.find(({ what }) => what === 'ingresses in orders')?.why ?? 'forbidden').toBe('forbidden');
  });

  test('no secret is in it, neither of a Secret nor of a log', async () => {
    expectCode(await home.run(snapshot('-n', 'orders', '--out', 'clean', '--secret-names', '--quiet')), 0);
    const files = readdirSync(join(home.path, 'clean'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const all = files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8')).join('\n');
    expect(all).toContain('checkout-6c9f-x1');
    expect(all).not.toContain(SECRET);
    expect(all).not.toContain(Buffer.from(SECRET).toString('base64'));
  });

  test('Secrets are not even asked for unless their names are wanted', async () => {
    await using own = await slowCluster({ folder: home.path });
    expectCode(await home.run(['snapshot', '--kubeconfig', own.kubeconfig, '-A', '--out', 'plain', '--quiet']), 0);
    expect(own.requests.filter((request) => /\/api\/v1\/(namespaces\/[^/]+\/)?secrets/.test(request))).toEqual([]);
    expect(new Set(own.requests.map((request) => request.split(' ')[0]))).toEqual(new Set(['GET']));
  });

  test('what is there already is not overwritten', async () => {
    expectCode(await home.run(snapshot('--out', 'twice', '--quiet')), 0);
    const { stderr } = expectCode(await home.run(snapshot('--out', 'twice')), 2);
    expect(stderr).toMatch(/^error SNAPSHOT_OUT_EXISTS: twice exists already/);
  });

  test('--out is needed', async () => {
    expect(expectCode(await home.run(snapshot()), 2).stderr).toMatch(/^error SETTINGS_INVALID: .*--out needs a new folder/);
  });

  test.each<[string, NodeJS.Signals | null, number]>([
    ['--timeout', null, 124],
    ['Ctrl-C', 'SIGINT', 130],
  ])('%s leaves nothing behind', async (_, signal, code) => {
    await using hanging = await slowCluster({ folder: home.path, answers: { pods: 'hang' } });
    const run = home.start(['snapshot', '--kubeconfig', hanging.kubeconfig, '--out', 'cut', ...(signal === null ? ['--timeout', '1s'] : [])]);
    await run.saysOnStderr(/pods in orders/);
    if (signal !== null) run.kill(signal);
    expect(expectCode(await run.ended, code).stdout).toBe('');
    expect(existsSync(join(home.path, 'cut'))).toBe(false);
    expect(readdirSync(home.path).filter((name) => name.includes('cut'))).toEqual([]);
  });
});

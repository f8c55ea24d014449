import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { reportSchema } from '../../src/domain/report.ts';
import { kubeconfigOf, slowCluster } from '../fixtures/slow-cluster.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const DUMP = ['--snapshot', join(DUMPS, 'memory-limit')];
type Running = ReturnType<Home['start']>;

async function start(home: Home, ...args: string[]): Promise<{ running: Running; url: string }> {
  const running = home.start(['serve', '--listen', '127.0.0.1:0', ...args]);
  const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
  return { running, url };
}

async function ask(url: string, description: string): Promise<string> {
  const answer = await fetch(`${url}/api/v1/incidents`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ description }),
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { incident_id: string }).incident_id;
}

const read = async <T>(url: string): Promise<T> => (await (await fetch(url)).json()) as T;
const UNDER_WAY = ['pending', 'investigating', 'interrupted'];

/** Every incident, once nothing is under way any more. */
async function settled(url: string): Promise<readonly Incident[]> {
  for (let n = 0; n < 200; n += 1) {
    const { items } = await read<{ items: Incident[] }>(`${url}/api/v1/incidents?limit=500`);
    if (items.every(({ status }) => !UNDER_WAY.includes(status))) return items;
    await sleep(100);
  }
  throw new Error('something is still under way');
}

describe('serve', () => {
  test('takes an incident, tells its events live, has its report, and ends with 0 when it is told to', async () => {
    using home = new Home();
    const { running, url } = await start(home, ...DUMP);
    const id = await ask(url, 'checkout is failing, token=ghp_abcdefghijklmnopqrstuvwxyz0123456789');
    const events = await (await fetch(`${url}/api/v1/incidents/${id}/events`)).text();
    const types = [...events.matchAll(/^event: (.*)$/gm)].map(([, type]) => type);
    expect([types[0], types.at(-2), types.at(-1)]).toEqual(['investigation-started', 'report-completed', 'incident-closed']);
    const report = reportSchema.parse(await read(`${url}/api/v1/incidents/${id}`));
    expect(report).toMatchObject({ incident_id: id, verdict: 'root-cause-found', root_causes: [{ title: 'Insufficient Memory' }] });
    running.kill('SIGTERM');
    const { stderr } = expectCode(await running.ended, 0);
    const log = stderr
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(log.find(({ msg }) => msg === 'investigation ended')).toMatchObject({ incident_id: id, service_name: 'sre-orchestrator' });
    // Neither what was asked nor a secret in it is logged.
    expect(stderr).not.toMatch(/checkout is failing|ghp_/);
    // What a server keeps, a terminal shows.
    expect(reportSchema.parse(JSON.parse(expectCode(await home.run(['show', id, '-o', 'json']), 0).stdout))).toEqual(report);
  }, 60_000);

  test('what does not end within the grace period is done by the next server', async () => {
    using home = new Home();
    await using slow = await slowCluster({ folder: home.path, otherwise: 'hang' });
    const { running, url } = await start(home, '--kubeconfig', slow.kubeconfig, '--grace', '100ms');
    const id = await ask(url, 'checkout is failing');
    while (slow.requests.length === 0) await sleep(20);
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
    const next = await start(home, ...DUMP);
    expect(await settled(next.url)).toMatchObject([{ incident_id: id, status: 'completed', verdict: 'root-cause-found' }]);
    next.running.kill('SIGTERM');
    await next.running.ended;
  }, 60_000);

  test('a cluster that does not answer: the incident is accepted, and its report names what is missing', async () => {
    using home = new Home();
    const kubeconfig = join(home.path, 'nobody');
    writeFileSync(kubeconfig, kubeconfigOf('http://127.0.0.1:9'));
    const { running, url } = await start(home, '--kubeconfig', kubeconfig);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const id = await ask(url, 'checkout is failing');
    expect(await settled(url)).toMatchObject([{ status: 'completed', verdict: 'undetermined' }]);
    const report = reportSchema.parse(await read(`${url}/api/v1/incidents/${id}`));
    expect(report.gaps.some(({ detail }) => detail?.includes('CLUSTER_UNREACHABLE'))).toBe(true);
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
  }, 60_000);

  test('beyond loopback nobody is let in without a key; the first is made, for its owner only', async () => {
    using home = new Home();
    const running = home.start(['serve', '--listen', '0.0.0.0:0', ...DUMP]);
    const [, path = ''] = await running.saysOnStderr(/the first one, an admin's, is in (\S+)$/m);
    const [, port] = await running.saysOnStderr(/^listening on http:\S+:(\d+)$/m);
    const url = `http://127.0.0.1:${port}/api/v1/incidents`;
    expect((await fetch(url)).status).toBe(401);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const first = readFileSync(path, 'utf8').trim();
    expect((await fetch(url, { headers: { authorization: `Bearer ${first}` } })).status).toBe(200);
    const made = JSON.parse(expectCode(await home.run(['keys', 'create', 'pager', '-o', 'json']), 0).stdout) as { key: string; key_id: string };
    const asPager = { headers: { authorization: `Bearer ${made.key}` } };
    expect((await fetch(url, asPager)).status).toBe(200);
    expectCode(await home.run(['keys', 'revoke', made.key_id]), 0);
    expect((await fetch(url, asPager)).status).toBe(401);
    const { stdout } = expectCode(await home.run(['keys', 'list']), 0);
    expect(stdout).toContain('pager');
    expect(stdout).not.toContain(made.key);
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
  }, 60_000);

  test('--check says what serving would find, and serves nothing', async () => {
    using home = new Home();
    const { stdout } = expectCode(await home.run(['serve', '--check', ...DUMP]), 0);
    expect(stdout).toMatch(/^store {6}can be used; 0 waiting\nAPI keys {3}0\nrules {6}\d{3}\ncluster {4}\S/);
    const kubeconfig = join(home.path, 'nobody');
    writeFileSync(kubeconfig, kubeconfigOf('http://127.0.0.1:9'));
    expect(expectCode(await home.run(['serve', '--check', '--kubeconfig', kubeconfig]), 0).stdout).toContain('does not answer (CLUSTER_UNREACHABLE');
    const { stderr } = expectCode(await home.run(['serve', '--check', '--store', 'postgres://127.0.0.1:1/none', ...DUMP]), 1);
    expect(stderr).toContain('STORE_UNAVAILABLE: The store postgres://127.0.0.1:1/none cannot be used: connection refused.');
    expectCode(await home.run(['serve', '--check', '--store', 'elsewhere', '--keep', 'ever', ...DUMP]), 2);
  });

  test('how it serves may stand in the settings file and in the environment', async () => {
    using home = new Home();
    const folder = join(home.path, 'config/sre-orch');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'config.yaml'), 'listen: 127.0.0.1:1\nrequire_key: true\nconcurrency: 1\n');
    const running = home.start(['serve', ...DUMP], { env: { SRE_ORCH_LISTEN: '127.0.0.1:0' } });
    const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+)$/m);
    expect((await fetch(`${url}/api/v1/incidents`)).status).toBe(401);
    // What passes signals on sends them twice.
    for (let n = 0; n < 2; n += 1) running.kill('SIGTERM');
    expectCode(await running.ended, 0);
    writeFileSync(join(folder, 'config.yaml'), 'keep: ever\n');
    const { stderr } = expectCode(await home.run(['serve', ...DUMP], { env: { SRE_ORCH_QUEUE: 'long' } }), 2);
    expect(stderr).toContain('SRE_ORCH_QUEUE: a whole number of 1 or more is needed; keep in ');
  });

  test('an address that cannot be listened on is said, and so is every wrong flag', async () => {
    using home = new Home();
    const { stderr } = expectCode(await home.run(['serve', '--listen', 'nowhere', '--concurrency', '0', '--grace', 'soon']), 2);
    expect(stderr).toMatch(/error SETTINGS_INVALID: 3 settings are not valid: --listen <host:port>: .*; --concurrency <n>: .*; --grace <duration>: /);
  });
});

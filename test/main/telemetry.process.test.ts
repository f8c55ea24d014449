import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportSchema } from '../../src/domain/report.ts';
import { type SlowCluster, slowCluster } from '../fixtures/slow-cluster.ts';
import { json, MisbehavingServer } from '../telemetry/live/misbehaving-server.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
const PASSWORD = 'hunter2-of-metrics';
let cluster: SlowCluster;
let prometheus: MisbehavingServer;
let alertmanager: MisbehavingServer;

const matrix = { status: 'success', data: { resultType: 'matrix', result: [{ metric: { namespace: 'orders', pod: 'a' }, values: [[1_700_000_000, '1']] }] } };
const alert = {
  labels: { alertname: 'Slow', namespace: 'orders' },
  annotations: { token: PASSWORD },
  startsAt: '2026-01-01T00:00:00Z',
  status: { state: 'active' },
};

beforeAll(async () => {
  cluster = await slowCluster({ folder: home.path });
  prometheus = await MisbehavingServer.start(json(matrix));
  alertmanager = await MisbehavingServer.start((request, response) =>
    response.end(JSON.stringify(request.url?.startsWith('/api/v2/status') ? { versionInfo: { version: '0.25.0' } } : [alert])),
  );
});
afterAll(async () => {
  await cluster[Symbol.asyncDispose]();
  await prometheus[Symbol.asyncDispose]();
  await alertmanager[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const withServers = (): Record<string, string> => ({
  PROMETHEUS_URL: prometheus.url.replace('://', `://reader:${PASSWORD}@`),
  ALERTMANAGER_URL: alertmanager.url,
});

describe('servers of alerts and metrics', () => {
  test('are asked by an investigation, and no credential is told', async () => {
    const args = ['investigate', 'orders is slow', '-n', 'orders', '--kubeconfig', cluster.kubeconfig, '--verbose', '-o', 'jsonl'];
    const { stdout, stderr } = expectCode(await home.run(args, { env: withServers() }), 0);
    expect(stdout).toContain(`metrics of ${prometheus.url}: `);
    expect(stdout).toContain(`alerts of ${alertmanager.url}: 1`);
    expect(prometheus.seen.every(({ headers }) => headers.authorization?.startsWith('Basic '))).toBe(true);
    expect(alertmanager.seen.every(({ headers }) => headers.authorization === undefined)).toBe(true);
    expect(`${stdout}${stderr}`).not.toContain(PASSWORD);
  });

  test('that cannot be reached cost a gap', async () => {
    const args = ['investigate', 'orders is slow', '-n', 'orders', '--kubeconfig', cluster.kubeconfig, '-o', 'json', '--prometheus', 'http://127.0.0.1:1'];
    const report = reportSchema.parse(JSON.parse(expectCode(await home.run(args), 0).stdout));
    expect(report.gaps).toContainEqual({
      what: 'metrics of http://127.0.0.1:1',
      why: 'not-collected',
      needs: 'an answer of http://127.0.0.1:1',
      detail: 'connection refused',
    });
  });

  test.each([
    [['--prometheus', 'http://metrics.example:9090'], 'use https, or allow it with --insecure-http metrics.example'],
    [['--alertmanager', 'metrics'], '--alertmanager: an address like'],
    [['--prometheus', 'https://metrics.example', '--prometheus-token-file', '/nowhere'], '/nowhere cannot be read'],
  ])('%s is refused before anything is read', async (args, message) => {
    const { stderr } = expectCode(await home.run(['investigate', 'x', '-n', 'orders', '--kubeconfig', cluster.kubeconfig, ...args]), 2);
    expect(stderr).toContain('SETTINGS_INVALID');
    expect(stderr).toContain(message);
  });

  test('are not asked about a dump', async () => {
    const before = prometheus.seen.length;
    const { stderr } = expectCode(await home.run(['investigate', 'x', '--snapshot', join(DUMPS, 'memory-limit'), '--no-store'], { env: withServers() }), 0);
    expect(stderr).toContain('not asked about a dump');
    expect(prometheus.seen.length).toBe(before);
  });

  test('fill the files of a dump, redacted', async () => {
    const { stdout } = expectCode(
      await home.run(['snapshot', '-n', 'orders', '--kubeconfig', cluster.kubeconfig, '--out', 'dump', '--quiet'], { env: withServers() }),
      0,
    );
    expect(stdout).toBe('');
    expect(readFileSync(join(home.path, 'dump/metrics.om'), 'utf8')).toContain('pod_cpu_cores{namespace="orders",pod="a"} 1 1700000000');
    const alerts = readFileSync(join(home.path, 'dump/alerts.json'), 'utf8');
    expect(JSON.parse(alerts)).toMatchObject([{ labels: { alertname: 'Slow' }, state: 'active' }]);
    expect(alerts).not.toContain(PASSWORD);
  });

  test('are checked by doctor where they are asked for', async () => {
    const args = ['doctor', '-o', 'json', '--kubeconfig', cluster.kubeconfig];
    const checks = async (env: Record<string, string>) =>
      (JSON.parse((await home.run(args, { env })).stdout) as { checks: { name: string; status: string; text: string }[] }).checks;
    expect((await checks(withServers())).slice(5).map(({ name, status }) => `${name} ${status}`)).toEqual(['prometheus ok', 'alertmanager ok']);
    const [broken] = (await checks({ PROMETHEUS_URL: 'http://127.0.0.1:1' })).slice(5);
    expect(broken).toMatchObject({ name: 'prometheus', status: 'warn', text: expect.stringContaining('connection refused') });
  });
});

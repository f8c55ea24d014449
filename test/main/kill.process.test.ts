import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import { investigationEventSchema } from '../../src/domain/investigation-event.ts';
import { reportSchema } from '../../src/domain/report.ts';
import { kubeconfigOf, type SlowCluster, slowCluster } from '../fixtures/slow-cluster.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const home = new Home();
let slow: SlowCluster;
beforeAll(async () => {
  slow = await slowCluster({ folder: home.path, otherwise: 60 });
});
afterAll(async () => {
  await slow[Symbol.asyncDispose]();
  home[Symbol.dispose]();
});

const INCIDENT = /^incident (inc-[0-9a-f]+)$/m;
const ask = (kubeconfig: string, ...more: string[]): string[] => ['investigate', 'checkout is failing', '--kubeconfig', kubeconfig, ...more];
const incidentsOf = async (at: Home): Promise<Incident[]> =>
  JSON.parse(expectCode(await at.run(['list', '-o', 'json', '--limit', '1000']), 0).stdout) as Incident[];

describe('kill -9', () => {
  test('at any moment after the id was printed: it is in the list, as interrupted', async () => {
    using own = new Home();
    const killed: string[] = [];
    // From the first millisecond to past the end: an investigation takes half a second here.
    const moments = Array.from({ length: 20 }, (_, n) => Math.round(n * 20 + Math.random() * 20));
    for (const moment of moments) {
      const run = own.start(ask(slow.kubeconfig));
      killed.push((await run.saysOnStderr(INCIDENT))[1] ?? '');
      await sleep(moment);
      run.kill('SIGKILL');
      await run.ended;
    }
    const incidents = await incidentsOf(own);
    expect(incidents.map(({ incident_id }) => incident_id).sort()).toEqual([...killed].sort());
    const interrupted = incidents.filter(({ status }) => status === 'interrupted');
    expect(interrupted.length).toBeGreaterThan(10);
    for (const { status } of incidents) expect(['interrupted', 'completed']).toContain(status);
    const [first] = interrupted;
    const { stderr } = expectCode(await own.run(['show', first?.incident_id ?? '']), 1);
    expect(stderr).toMatch(/^error INCIDENT_WITHOUT_REPORT: .* it is interrupted\./);
  }, 120_000);

  test('while another goes on with the same store: the one is interrupted, the other completed', async () => {
    using own = new Home();
    const victim = own.start(ask(slow.kubeconfig));
    const survivor = own.start(ask(slow.kubeconfig, '--quiet', '-o', 'json'));
    const [, id] = await victim.saysOnStderr(INCIDENT);
    victim.kill('SIGKILL');
    const report = reportSchema.parse(JSON.parse(expectCode(await survivor.ended, 0).stdout));
    const incidents = await incidentsOf(own);
    expect(new Map(incidents.map(({ incident_id, status }) => [incident_id, status]))).toEqual(
      new Map([
        [id, 'interrupted'],
        [report.incident_id, 'completed'],
      ]),
    );
  });

  test('a run that is still going is shown as investigating', async () => {
    using own = new Home();
    const run = own.start(ask(slow.kubeconfig));
    const [, id] = await run.saysOnStderr(INCIDENT);
    expect(await incidentsOf(own)).toMatchObject([{ incident_id: id, status: 'investigating' }]);
    run.kill('SIGKILL');
    await run.ended;
  });
});

test('many processes that begin one store together all keep their investigation', async () => {
  using own = new Home();
  const runs = await Promise.all(Array.from({ length: 6 }, () => own.run(['investigate', 'x', '--snapshot', join(DUMPS, 'memory-limit'), '-o', 'json'])));
  const ids = runs.map((run) => reportSchema.parse(JSON.parse(expectCode(run, 0).stdout)).incident_id);
  for (const { stderr } of runs) expect(stderr).not.toMatch(/^(warning|note)/m);
  const incidents = await incidentsOf(own);
  expect(incidents.map(({ incident_id }) => incident_id).sort()).toEqual([...ids].sort());
});

describe('a run that is stopped', () => {
  test('Ctrl-C ends it with a report that names what is missing, and 130', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { pods: 0, orders: 0 }, otherwise: 'hang' });
    const run = home.start(ask(hanging.kubeconfig, '-o', 'jsonl', '-n', 'orders'));
    // Progress of JSON lines is on stdout; the server's log says when it is in the middle.
    while (!hanging.requests.some((request) => request.endsWith('/services'))) await sleep(10);
    run.kill('SIGINT');
    const { stdout } = expectCode(await run.ended, 130);
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => investigationEventSchema.parse(JSON.parse(line)));
    const last = events.at(-1);
    if (last?.type !== 'report-completed') throw new Error(`the last event is ${last?.type}`);
    expect(last.report.verdict).toBe('undetermined');
    expect(last.report.gaps.map(({ why }) => why)).toContain('timed-out');
    expect(last.report.coverage.find(({ kind }) => kind === 'pods')).toMatchObject({ state: 'found' });
    const { stdout: stored } = expectCode(await home.run(['show', last.report.incident_id, '-o', 'json']), 0);
    expect(JSON.parse(stored)).toEqual(last.report);
  });

  test('SIGTERM likewise', async () => {
    await using hanging = await slowCluster({ folder: home.path, otherwise: 'hang' });
    const run = home.start(ask(hanging.kubeconfig));
    await run.saysOnStderr(INCIDENT);
    run.kill('SIGTERM');
    expect(expectCode(await run.ended, 130).stdout).toMatch(/^\? Undetermined/);
  });

  test('a second Ctrl-C ends it at once', async () => {
    await using hanging = await slowCluster({ folder: home.path, otherwise: 'hang' });
    const run = home.start(ask(hanging.kubeconfig));
    await run.saysOnStderr(INCIDENT);
    run.kill('SIGINT');
    run.kill('SIGINT');
    expectCode(await run.ended, 130);
  });

  test('--timeout ends it with a report of what is known, and 124', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { pods: 0 }, otherwise: 'hang' });
    const { stdout } = expectCode(await home.run(ask(hanging.kubeconfig, '-o', 'json', '--timeout', '1s')), 124);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ status: 'completed', verdict: 'undetermined', error_message: 'It was stopped before everything was read.' });
    expect(report.gaps.find(({ why }) => why === 'timed-out')).toMatchObject({ needs: 'a longer --timeout' });
  });

  test('--timeout while the server does not even answer the first request', async () => {
    await using hanging = await slowCluster({ folder: home.path, answers: { version: 'hang' }, otherwise: 'hang' });
    const { stderr, stdout } = expectCode(await home.run(ask(hanging.kubeconfig, '--timeout', '1s')), 124);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error CONNECTING_TIMED_OUT: The cluster did not answer within 1s; nothing was read\.\n/);
  });
});

describe('a cluster that cannot be read', () => {
  test('nobody listens: 3, with the address and what to check', async () => {
    const kubeconfig = join(home.path, 'nobody');
    writeFileSync(kubeconfig, kubeconfigOf('http://127.0.0.1:9'));
    const { stdout, stderr } = expectCode(await home.run(ask(kubeconfig)), 3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error CLUSTER_UNREACHABLE: The API server http:\/\/127\.0\.0\.1:9\/? could not be reached: connection refused\.\n/);
  });

  test('everything is forbidden: it answers undetermined, names each permission, and exits 0', async () => {
    await using forbidding = await slowCluster({ folder: home.path, otherwise: 'forbid' });
    const { stdout } = expectCode(await home.run(ask(forbidding.kubeconfig, '-o', 'json')), 0);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report).toMatchObject({ verdict: 'undetermined', root_causes: [], confidence_score: null });
    expect(report.gaps.find(({ what }) => what === 'pods in orders')).toMatchObject({ why: 'forbidden', needs: 'list pods in orders' });
    expect(report.coverage.every(({ state }) => state === 'forbidden')).toBe(true);
  });

  test('some kinds are forbidden: the rest still answers', async () => {
    await using half = await slowCluster({ folder: home.path, answers: { services: 'forbid', nodes: 'forbid' } });
    const report = reportSchema.parse(JSON.parse(expectCode(await home.run(ask(half.kubeconfig, '-o', 'json')), 0).stdout));
    expect(
      report.gaps
        .filter(({ why }) => why === 'forbidden')
        .map(({ what }) => what)
        .sort(),
    ).toEqual(['nodes', 'services in orders']);
    expect(report.coverage.find(({ kind }) => kind === 'pods')).toMatchObject({ state: 'found' });
  });

  test('an unknown context names those there are', async () => {
    const { stderr } = expectCode(await home.run(ask(slow.kubeconfig, '--context', 'slwo')), 2);
    expect(stderr).toMatch(/^error CONTEXT_UNKNOWN: The kubeconfig has no context slwo; it has slow\.\n/);
  });

  test('a kubeconfig that is not there', async () => {
    const { stderr } = expectCode(await home.run(ask('/nowhere')), 3);
    expect(stderr).toMatch(/^error KUBECONFIG_NOT_FOUND: There is no kubeconfig at \/nowhere\.\n/);
  });

  test('only reads reach the API server', async () => {
    await using watched = await slowCluster({ folder: home.path });
    expectCode(await home.run(ask(watched.kubeconfig, '-A')), 0);
    expect(new Set(watched.requests.map((request) => request.split(' ')[0]))).toEqual(new Set(['GET']));
    expect(watched.requests.length).toBeLessThanOrEqual(60);
  });
});

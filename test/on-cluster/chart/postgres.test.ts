import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { IMAGE } from '../../packaging/chart/values.ts';
import { ensureImage, hasClusterTools } from '../../scenario-runner/cluster-tools.ts';
import { kubectl } from '../kubectl.ts';
import { Release } from './release.ts';
import { SteadyLoad } from './steady-load.ts';

// PostgreSQL comes as an image that only the cluster of this repository's set-up can be given.
describe.runIf(IMAGE !== undefined && hasClusterTools())('the chart, with two replicas on PostgreSQL', () => {
  let release: Release;
  const startDatabase = async (namespace: string): Promise<void> => {
    await ensureImage('postgres:15', ['postgresql']);
    await kubectl('apply', '-n', namespace, '-f', join(import.meta.dirname, 'postgres.yaml'));
    await kubectl('rollout', 'status', 'deployment/incidents-db', '-n', namespace, '--timeout=90s');
  };

  beforeAll(async () => {
    release = await Release.install(
      'chart-pg',
      31_182,
      { 'store.postgres.existingSecret': 'pg', 'orchestrator.replicas': 2, insecureHosts: '{incidents-db}' },
      startDatabase,
    );
  });
  afterAll(() => release?.[Symbol.asyncDispose]());

  test('a rolling upgrade and a rollback under load fail no request, and lose nothing', async () => {
    const loads = [1, 2].map(() => new SteadyLoad(release));
    await release.upgrade({ 'orchestrator.podAnnotations.upgraded': 'yes' });
    const startedAt = performance.now();
    await release.rollback();
    const rolledBackMs = performance.now() - startedAt;
    // Until the last of the former pods has gone.
    await kubectl('wait', 'pod', '-n', release.namespace, '-l', 'app.kubernetes.io/component=orchestrator', '--for=condition=Ready', '--timeout=60s');
    await Promise.all(loads.map((load) => load.end()));
    const accepted = loads.flatMap((load) => load.accepted);
    const ended = await Promise.all(accepted.map((id) => release.ended(id)));
    expect(loads.flatMap(({ failures }) => failures)).toEqual([]);
    expect(accepted.length).toBeGreaterThan(10);
    expect(ended.map(({ status }) => status)).toEqual(accepted.map(() => 'completed'));
    expect(rolledBackMs).toBeLessThan(300_000);
    // Also while pods are replaced.
    expect(Math.max(...loads.map(({ slowestMs }) => slowestMs))).toBeLessThan(15_000);
  });
});

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { IMAGE } from '../../packaging/chart/values.ts';
import { ensureImage, hasClusterTools } from '../../scenario-runner/cluster-tools.ts';
import { AuditLog, hasAuditLog } from '../audit-log.ts';
import { kubectl } from '../kubectl.ts';
import { Release } from './release.ts';
import { SteadyLoad } from './steady-load.ts';

// PostgreSQL comes as an image that only the cluster of this repository's set-up can be given.
describe.runIf(IMAGE !== undefined && hasClusterTools())('the chart, with two replicas on PostgreSQL', () => {
  let release: Release;
  let audit: AuditLog | undefined;
  const startDatabase = async (namespace: string): Promise<void> => {
    await ensureImage('postgres:15', ['postgresql']);
    await kubectl('apply', '-n', namespace, '-f', join(import.meta.dirname, 'postgres.yaml'));
    await kubectl('rollout', 'status', 'deployment/incidents-db', '-n', namespace, '--timeout=90s');
  };

  beforeAll(async () => {
    audit = hasAuditLog() ? new AuditLog() : undefined;
    release = await Release.install(
      'chart-pg',
      31_182,
      {
        'store.postgres.existingSecret': 'pg',
        'orchestrator.replicas': 2,
        insecureHosts: '{incidents-db}',
        // The other ways in which the two parts know each other.
        'agent.auth': 'serviceAccount',
        'agent.tls.mutual': true,
      },
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

  test('the agent knows the replicas by tokens of their account, and by certificates; nobody without both', async () => {
    const report = (await release.ended(await release.post('is all well?', 'kube-system'))) as unknown as Report;
    expect(report.target).toMatchObject({ reader: 'remote' });
    expect(report.coverage.filter(({ state }) => state === 'found').length).toBeGreaterThan(5);
    const program = `
      const { readFileSync } = require('node:fs');
      const of = (path) => readFileSync('/etc/sre-orch/' + path);
      const [token, ca, cert, key] = ['agent-token/token', 'agent-tls/ca.crt', 'client-tls/tls.crt', 'client-tls/tls.key'].map(of);
      const ask = (what, more, authorization) => new Promise((told) => require('node:https')
        .get(process.argv[1], { ca, ...more, headers: authorization ? { authorization } : {} }, (answer) => told(what + ' ' + answer.statusCode))
        .on('error', ({ code }) => told(what + ' ' + code)));
      (async () => {
        console.log(await ask('both', { cert, key }, 'Bearer ' + token));
        console.log(await ask('token', {}, 'Bearer ' + token));
        console.log(await ask('certificate', { cert, key }));
        console.log(await ask('forged', { cert, key }, 'Bearer eyJhbGciOiJub25lIn0.e30.'));
      })();`;
    const url = `https://sre-sre-orchestrator-agent.${release.namespace}.svc:8443/api/v1/cluster`;
    const said = await kubectl('exec', '-n', release.namespace, 'deployment/sre-sre-orchestrator', '--', 'node', '-e', program, url);
    expect(said.trim().split('\n')).toEqual(['both 200', 'token 403', 'certificate 401', 'forged 401']);
  });

  test.runIf(hasAuditLog())('besides reads the agent sends reviews alone, of tokens and of what it may', () => {
    const asked = audit?.of(release.account.agent) ?? [];
    const others = asked.filter(({ verb }) => !['get', 'list', 'watch'].includes(verb));
    expect(new Set(others.map(({ verb, requestURI }) => `${verb} ${requestURI.replace(/\?.*/, '').split('/').at(-1)}`))).toEqual(
      new Set(['tokenreviews', 'selfsubjectaccessreviews', 'selfsubjectrulesreviews'].map((name) => `create ${name}`)),
    );
    expect(audit?.of(release.account.orchestrator)).toEqual([]);
  });
});

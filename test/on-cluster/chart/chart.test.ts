import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import { IMAGE } from '../../packaging/chart/values.ts';
import { SCENARIOS } from '../../scenario-runner/load-scenarios.ts';
import { AuditLog, hasAuditLog } from '../audit-log.ts';
import { eventually, kubectl, ownNamespace } from '../kubectl.ts';
import { Release } from './release.ts';
import { startModel } from './stand-in-model.ts';

/** Longer than a server that ends has for what it investigates. */
const THINKS_MS = 4_000;
const FAULTS = ['missing-config-map', 'missing-image-tag', 'wrong-service-selector'];
const READS = ['get', 'list', 'watch'];
// What design.md calls the agent's self-check: it asks what it may do, and writes nothing.
const REVIEWS = /^\/apis\/authorization\.k8s\.io\/v1\/self/;

const causes = (body: object): Report['root_causes'] => (body as Report).root_causes ?? [];
const named = (body: object): string[] => causes(body).map(({ object, cause_id: cause }) => `${object.kind}/${object.name}: ${cause}`);

// Where no image was built there is nothing to install.
describe.runIf(IMAGE !== undefined)('the chart on a cluster', () => {
  let release: Release;
  let audit: AuditLog | undefined;
  beforeAll(async () => {
    audit = hasAuditLog() ? new AuditLog() : undefined;
    const model = { 'llm.baseUrl': 'http://stand-in:8080/v1', 'llm.model': 'stand-in', insecureHosts: '{stand-in}', 'orchestrator.gracePeriod': '1s' };
    release = await Release.install('chart', 31_180, model, async (namespace) => void (await startModel(namespace, { holdMs: THINKS_MS })));
  });
  afterAll(() => release?.[Symbol.asyncDispose]());

  test('an incident that is posted gets its root cause, for three planted faults', async () => {
    await using namespace = await ownNamespace('planted');
    for (const name of FAULTS) await kubectl('apply', '-n', namespace.name, '-f', join(SCENARIOS, name, 'manifests.yaml'));
    const body = await eventually(
      async () => release.ended(await release.post('several things do not start', namespace.name)),
      (answer) => causes(answer).length === FAULTS.length,
      120,
    );
    expect(body['status']).toBe('completed');
    expect(named(body)).toHaveLength(FAULTS.length);
    expect(
      causes(body)
        .map(({ cause_id: cause }) => cause)
        .sort(),
    ).toEqual(['config-map-not-found', 'image-not-found', 'service-selector-mismatch']);
  });

  test('a request without a key, and any other pod, gets nothing', async () => {
    const answer = await fetch(`${release.address}/api/v1/incidents`);
    expect(answer.status).toBe(401);
    const url = `https://sre-sre-orchestrator-agent.${release.namespace}.svc:8443/api/v1/pods/${release.namespace}/any`;
    const program = `process.env.NODE_TLS_REJECT_UNAUTHORIZED=0;fetch(process.argv[1],{headers:{authorization:'Bearer wrong'}}).then(a=>console.log('answered',a.status),e=>console.log('closed',e.cause?.code))`;
    const pod = ['run', 'stranger', '-n', release.namespace, `--image=${IMAGE}`, '--image-pull-policy=IfNotPresent', '--restart=Never', '--rm', '-i', '-q'];
    const said = await kubectl(...pod, '--command', '--', 'node', '-e', program, url);
    // Where NetworkPolicies are enforced the connection does not even open.
    expect(said).toMatch(/answered 401|closed/);
  });

  test('an upgrade while investigations are under way, and a rollback: nothing is lost', async () => {
    const ids = await Promise.all(Array.from({ length: 2 }, (_each, number) => release.post(`question ${number}`, 'kube-system', { llm: true })));
    await release.begun(ids[0] ?? '');
    await release.upgrade({ 'orchestrator.podAnnotations.upgraded': 'yes' });
    const startedAt = Date.now();
    await release.rollback();
    expect(Date.now() - startedAt).toBeLessThan(300_000);
    const ended = await Promise.all(ids.map((id) => release.ended(id)));
    expect(ended.map(({ status }) => status)).toEqual(ids.map(() => 'completed'));
    expect(ended.map((body) => (body as unknown as Report).engine.llm?.model)).toEqual(ids.map(() => 'stand-in'));
    // The one that was under way was begun again by the next server.
    expect((await release.events(ids[0] ?? '')).filter((name) => name === 'investigation-started').length).toBeGreaterThan(1);
  });

  test('an agent that is replaced while it is asked leaves no gap', async () => {
    const agent = ['deployment/sre-sre-orchestrator-agent', '-n', release.namespace];
    const whole = await release.ended(await release.post('is all well?', 'kube-system'));
    let replaced = false;
    const replacing = kubectl('rollout', 'restart', ...agent)
      .then(() => kubectl('rollout', 'status', ...agent, '--timeout=90s'))
      // The former pod answers for a while yet, and is gone then.
      .then(() =>
        kubectl('wait', 'pod', '-n', release.namespace, '-l', 'app.kubernetes.io/component=agent', '--for=jsonpath={.status.phase}=Running', '--timeout=60s'),
      )
      .finally(() => {
        replaced = true;
      });
    const reports: Report[] = [];
    for (let after = 0; after < 5; after += replaced ? 1 : 0)
      reports.push((await release.ended(await release.post(`is all well, ${reports.length}?`, 'kube-system'))) as unknown as Report);
    await replacing;
    const usual = new Set((whole as unknown as Report).gaps.map(({ what }) => what));
    expect(reports.flatMap(({ gaps }) => gaps).filter(({ what }) => !usual.has(what))).toEqual([]);
    expect(reports.length).toBeGreaterThan(5);
  });

  test.runIf(hasAuditLog())('the agent only reads and asks what it may; the orchestrator never speaks to the API server', () => {
    const asked = audit?.of(release.account.agent) ?? [];
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.filter(({ verb, requestURI }) => !READS.includes(verb) && !REVIEWS.test(requestURI))).toEqual([]);
    expect(asked.filter(({ requestURI }) => /\/secrets\b/.test(requestURI))).toEqual([]);
    expect(audit?.of(release.account.orchestrator)).toEqual([]);
  });

  test('without the agent a report tells what could not be seen, and nothing is called certain', async () => {
    await kubectl('scale', 'deployment/sre-sre-orchestrator-agent', '-n', release.namespace, '--replicas=0');
    await kubectl('wait', 'pod', '-n', release.namespace, '-l', 'app.kubernetes.io/component=agent', '--for=delete', '--timeout=60s');
    const body = await release.ended(await release.post('web is down', 'default'));
    await kubectl('scale', 'deployment/sre-sre-orchestrator-agent', '-n', release.namespace, '--replicas=1');
    expect(body['status']).toBe('completed');
    expect(named(body)).toEqual([]);
    expect((body as unknown as Report).gaps.length).toBeGreaterThan(0);
  });

  test('uninstalled, it leaves nothing of the cluster behind, and of its namespace the reports alone', async () => {
    const { namespace } = release;
    const kinds = (await kubectl('api-resources', '--namespaced=false', '--verbs=list', '-o', 'name')).trim().split('\n');
    const ofRelease = async (): Promise<string[]> => {
      const { items } = JSON.parse(await kubectl('get', kinds.join(','), '-o', 'json')) as { items: { kind: string; metadata: { name: string } }[] };
      return items
        .filter(({ kind, metadata }) => kind !== 'Namespace' && JSON.stringify(metadata).includes(namespace))
        .map(({ kind, metadata: { name } }) => `${kind} ${name}`);
    };
    expect((await ofRelease()).map((name) => name.split(' ')[0]).sort()).toEqual(['ClusterRole', 'ClusterRoleBinding']);
    await release.uninstall();
    expect(await ofRelease()).toEqual([]);
    const ofIts = 'deployments,services,secrets,configmaps,serviceaccounts,networkpolicies,persistentvolumeclaims,jobs';
    const left = await kubectl('get', ofIts, '-n', namespace, '-l', 'app.kubernetes.io/managed-by=Helm', '-o', 'name');
    expect(left.trim().split('\n')).toEqual(['persistentvolumeclaim/sre-sre-orchestrator']);
  });
});

import { describe, expect, test } from 'vitest';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import { blockingPolicy, type Connection } from '../../src/facts/network-policy-verdict.ts';
import { endpoints, factsOf, failedCall, findingsOf, service, verdicts, workload } from './network-scene.ts';

const policy = (name: string, spec: object, namespace = 'shop') => ({
  kind: 'NetworkPolicy',
  metadata: { namespace, name },
  spec: { podSelector: {}, ...spec },
});
const namespaces = [
  { kind: 'Namespace', metadata: { name: 'shop', labels: { team: 'a' } } },
  { kind: 'Namespace', metadata: { name: 'data', labels: { team: 'b' } } },
];
const web = { namespace: 'shop', labels: { app: 'web' } };
const db = { namespace: 'data', labels: { app: 'db' } };
const toDb: Connection = { from: web, to: db, port: 5432, protocol: 'TCP' };
const toHost: Connection = { from: web, to: { namespace: undefined, labels: undefined, ip: '192.0.2.7' }, port: 443, protocol: 'TCP' };

function verdict(connection: Connection, ...policies: object[]): string | undefined {
  const blocking = blockingPolicy(inventoryOf([...namespaces, ...policies] as Parameters<typeof inventoryOf>[0]), connection);
  return blocking && `${blocking.policy.metadata.name} ${blocking.direction}`;
}

describe('a connection', () => {
  test('passes where no policy selects the pods, or the policies are of the other direction', () => {
    expect(verdict(toDb)).toBeUndefined();
    expect(verdict(toDb, policy('in', { policyTypes: ['Ingress'] }))).toBeUndefined();
    expect(verdict(toDb, policy('other', { podSelector: { matchLabels: { app: 'x' } }, policyTypes: ['Egress'] }))).toBeUndefined();
  });

  test('is stopped by an isolating policy that allows nothing of the kind', () => {
    expect(verdict(toDb, policy('deny', { policyTypes: ['Egress'] }))).toBe('deny egress');
    expect(verdict(toDb, policy('deny', { policyTypes: ['Ingress'] }, 'data'))).toBe('deny ingress');
    expect(verdict(toDb, policy('dns', { egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }] }))).toBe('dns egress');
    expect(verdict(toDb, policy('default', {}, 'data'))).toBe('default ingress');
  });

  test('passes when any policy of the pod allows peer and port', () => {
    const deny = policy('deny', { policyTypes: ['Ingress'] }, 'data');
    const allow = (from: object[], ports: object[] = []) => policy('allow', { ingress: [{ from, ports }] }, 'data');
    expect(verdict(toDb, deny, allow([{ namespaceSelector: { matchLabels: { team: 'a' } } }]))).toBeUndefined();
    expect(
      verdict(toDb, deny, allow([{ namespaceSelector: { matchLabels: { team: 'a' } }, podSelector: { matchLabels: { app: 'web' } } }], [{ port: 5432 }])),
    ).toBeUndefined();
    expect(verdict(toDb, deny, allow([{ namespaceSelector: {} }], [{ port: 5000, endPort: 6000 }]))).toBeUndefined();
    expect(verdict(toDb, deny, allow([{ namespaceSelector: {} }], [{ port: 'sql' }]))).toBeUndefined();
    // A pod selector alone means pods of the policy's own namespace.
    expect(verdict(toDb, deny, allow([{ podSelector: { matchLabels: { app: 'web' } } }]))).toBe('deny ingress');
    expect(verdict(toDb, deny, allow([{ namespaceSelector: { matchLabels: { team: 'c' } } }]))).toBe('deny ingress');
    expect(verdict(toDb, deny, allow([{ namespaceSelector: {} }], [{ port: 3306 }]))).toBe('deny ingress');
  });

  test('to a host outside passes by its address block, less its exceptions', () => {
    const allow = (cidr: string, except: string[] = []) => policy('out', { egress: [{ to: [{ ipBlock: { cidr, except } }] }] });
    expect(verdict(toHost, allow('192.0.2.0/24'))).toBeUndefined();
    expect(verdict(toHost, allow('0.0.0.0/0', ['192.0.2.0/24']))).toBe('out egress');
    expect(verdict(toHost, allow('198.51.100.0/24'))).toBe('out egress');
    expect(verdict({ ...toHost, to: { namespace: undefined, labels: undefined } }, allow('198.51.100.0/24'))).toBeUndefined();
    expect(verdict(toHost, policy('in-cluster', { egress: [{ to: [{ namespaceSelector: {} }] }] }))).toBe('in-cluster egress');
  });
});

describe('a workload that waits in vain', () => {
  const caller = workload('checkout', { spec: { containers: [{ name: 'checkout', env: [{ name: 'DATABASE_URL', value: 'postgres://postgres:5432' }] }] } });
  const objects = [...caller, ...workload('postgres'), service('postgres', { ports: [{ port: 5432 }] }), endpoints('postgres', 1)];
  const timeouts = [failedCall('checkout', { host: 'postgres', port: 5432, error: 'timeout' })];
  const denied = policy('deny-all', { podSelector: { matchLabels: { app: 'postgres' } }, policyTypes: ['Ingress'] });

  test('is stopped by the policy, which is blamed instead of the database', () => {
    expect(verdicts([...objects, denied], { logs: timeouts })).toContain('network-policy-blocks-traffic on NetworkPolicy shop/deny-all');
    expect(verdicts(objects, { logs: timeouts })).toEqual(['database-unreachable on Deployment shop/postgres']);
  });

  test('while all is well, the policy is not to blame', () => {
    expect(verdicts([...objects, denied])).toEqual([]);
    expect(factsOf('NetworkPolicy', [...objects, denied])[0]?.doc).toMatchObject({
      selects: 1,
      selects_all: false,
      denies_ingress: true,
      denies_egress: false,
      blocked: { from: 'Deployment checkout', to: 'postgres', port: 5432, direction: 'ingress', trouble: false, younger: false },
    });
  });

  test('a policy that was written today, after the pods of both sides had started, is a suspect', () => {
    const startedAt = (startTime: string) => (object: object) =>
      (object as { kind: string }).kind === 'Pod' ? { ...object, status: { ...(object as { status: object }).status, startTime } } : object;
    const written = (creationTimestamp: string) => ({ ...denied, metadata: { ...denied.metadata, creationTimestamp } });
    const since = objects.map(startedAt('2026-01-01T08:00:00Z'));
    expect(verdicts([...since, written('2026-01-01T11:00:00Z')])).toEqual(['network-policy-blocks-traffic on NetworkPolicy shop/deny-all']);
    expect(verdicts([...since, written('2026-01-01T07:00:00Z')])).toEqual([]);
    const lastYear = objects.map(startedAt('2025-12-01T08:00:00Z'));
    expect(verdicts([...lastYear, written('2025-12-24T11:00:00Z')])).toEqual([]);
  });

  test('and says nothing of it makes the policy a suspect only while it is in trouble', () => {
    const [, , pod] = caller as [object, object, { status: object }];
    const failing = { ...pod, status: { ...pod.status, conditions: [{ type: 'Ready', status: 'False' }] } };
    const silent = [...objects.filter((object) => object !== pod), failing, denied];
    expect(verdicts(silent)).toEqual(['network-policy-blocks-traffic on NetworkPolicy shop/deny-all']);
    expect(findingsOf(silent)[0]).toMatchObject({ strength: 'weak', victims: [{ kind: 'Deployment', name: 'checkout' }] });
    const talks = [failedCall('checkout', { host: 'bank.example', port: 443 })];
    expect(verdicts(silent, { logs: talks })).toEqual(['dependency-unreachable on External bank.example']);
  });

  test('cannot resolve names when egress leaves out DNS', () => {
    const egress = policy('only-db', { podSelector: { matchLabels: { app: 'checkout' } }, egress: [{ ports: [{ port: 5432 }] }], policyTypes: ['Egress'] });
    const logs = [failedCall('checkout', { host: 'postgres', error: 'unresolvable' })];
    expect(verdicts([...objects, egress], { logs })).toContain('network-policy-blocks-dns on NetworkPolicy shop/only-db');
    expect(factsOf('NetworkPolicy', [...objects, egress])[0]?.doc['blocks_dns']).toBe(true);
    const with53 = policy('only-db', {
      podSelector: { matchLabels: { app: 'checkout' } },
      egress: [{ ports: [{ port: 5432 }] }, { ports: [{ port: 53, protocol: 'UDP' }] }],
    });
    expect(verdicts([...objects, with53], { logs })).not.toContain('network-policy-blocks-dns on NetworkPolicy shop/only-db');
  });
});

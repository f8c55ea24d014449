import { describe, expect, test } from 'vitest';
import { parseQuotaRefusal } from '../../src/facts/quota-message.ts';
import { causes, event, factsOf, replicaSet, running, unschedulable, verdicts, workload } from './infrastructure-scene.ts';

type Fields = Readonly<Record<string, unknown>>;

function quota(hard: Fields, used: Fields) {
  return { kind: 'ResourceQuota', metadata: { namespace: 'shop', name: 'team' }, spec: { hard }, status: { hard, used } };
}

function refused(message: string, status: Fields = { replicas: 0 }) {
  const [deployment] = workload('web');
  const set = replicaSet('web', { spec: { replicas: 1, selector: {}, template: { spec: { containers: [] } } }, status });
  return [deployment as object, set, event(set, 'FailedCreate', message)];
}

const CPU =
  'Error creating: pods "web-6d4cf56db6-x" is forbidden: exceeded quota: team, requested: requests.cpu=1, used: requests.cpu=10, limited: requests.cpu=10';

describe('a quota', () => {
  test('that refuses pods is to blame, with the amounts', () => {
    expect(verdicts([quota({ 'requests.cpu': '10' }, { 'requests.cpu': '10' }), ...refused(CPU)])).toEqual([
      'quota-exceeded-cpu on ResourceQuota shop/team: The quota team refuses what Deployment web asks for (requests.cpu: 1 more, 10 of 10 in use)',
    ]);
  });

  test('that did so once is quiet when the set has all its pods', () => {
    expect(causes([quota({ 'requests.cpu': '10' }, { 'requests.cpu': '9' }), ...refused(CPU, { replicas: 1 })])).toEqual([]);
  });

  test('that demands limits blames the workload that states none', () => {
    const message = 'Error creating: pods "web-1" is forbidden: failed quota: team: must specify limits.memory for: app';
    expect(causes([quota({ 'limits.memory': '1Gi' }, {}), ...refused(message)])).toEqual(['quota-demands-requests on Deployment shop/web']);
  });

  test('is not blamed for what another quota refused', () => {
    expect(causes([quota({ pods: '10' }, { pods: '1' }), ...refused(CPU.replace('quota: team', 'quota: other'))])).toEqual([]);
  });

  test('that is used up while a set is short of pods is suspected without events', () => {
    const set = replicaSet('web', { spec: { replicas: 3 }, status: { replicas: 1 } });
    expect(causes([quota({ pods: '5' }, { pods: '5' }), workload('web')[0] as object, set])).toEqual(['quota-exceeded-pods on ResourceQuota shop/team']);
    expect(causes([quota({ pods: '5' }, { pods: '5' }), ...workload('web', { status: running })])).toEqual([]);
  });

  test('on Services explains the Service that others call and that is missing', () => {
    const caller = workload('front', { spec: { containers: [{ name: 'app', env: [{ name: 'PAYMENTS', value: 'payments:8080' }] }] }, status: running });
    const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'front' }, spec: {} };
    const objects = [quota({ services: '1' }, { services: '1' }), service, ...caller, ...workload('payments', { status: running })];
    expect(causes(objects)).toEqual(['quota-exceeded-services on ResourceQuota shop/team']);
    expect(factsOf('ResourceQuota', objects)[0]?.groups?.['missing_service_objects']).toEqual([{ kind: 'Service', namespace: 'shop', name: 'payments' }]);
    expect(causes(objects, { forbidden: ['Service'] })).toEqual([]);
  });

  test('on storage explains a claim that was never admitted, unless another name was meant', () => {
    const spec = { containers: [{ name: 'app' }], volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'db-data' } }] };
    const pod = unschedulable('db', '0/1 nodes are available: persistentvolumeclaim "db-data" not found.', { spec });
    const scarce = quota({ 'requests.storage': '1Gi' }, { 'requests.storage': '0' });
    expect(causes([scarce, ...pod])).toEqual(['quota-exceeded-storage on ResourceQuota shop/team']);
    const similar = { kind: 'PersistentVolumeClaim', metadata: { namespace: 'shop', name: 'db-date' }, spec: {}, status: { phase: 'Bound' } };
    expect(causes([scarce, similar, ...pod])).toEqual(['claim-not-found on Deployment shop/db']);
    expect(causes([quota({ 'requests.storage': '500Gi' }, {}), ...pod])).toEqual(['claim-not-found on Deployment shop/db']);
    expect(causes([scarce, ...pod], { forbidden: ['PersistentVolumeClaim'] })).toEqual(['claim-not-found on Deployment shop/db']);
  });
});

describe('parseQuotaRefusal', () => {
  test.each([
    ['exceeded quota: q, requested: pods=1, used: pods=10, limited: pods=10', 'pods', 'pods'],
    [
      'exceeded quota: q, requested: limits.cpu=1,requests.memory=300Mi, used: limits.cpu=1,requests.memory=3000Mi, limited: limits.cpu=9,requests.memory=3Gi',
      'memory',
      'requests.memory',
    ],
    ['exceeded quota: q, requested: count/services=1, used: count/services=2, limited: count/services=2', 'services', 'count/services'],
    [
      'exceeded quota: q, requested: persistentvolumeclaims=1, used: persistentvolumeclaims=2, limited: persistentvolumeclaims=2',
      'storage',
      'persistentvolumeclaims',
    ],
    [
      'exceeded quota: q, requested: gold.storageclass.storage.k8s.io/requests.storage=5Gi, used: x=0, limited: gold.storageclass.storage.k8s.io/requests.storage=1Gi',
      'storage',
      'gold.storageclass.storage.k8s.io/requests.storage',
    ],
    ['exceeded quota: q, requested: count/secrets=1, used: count/secrets=2, limited: count/secrets=2', 'objects', 'count/secrets'],
  ])('%s', (message, family, resource) => {
    expect(parseQuotaRefusal(`Error creating: ${message}`)).toMatchObject({ quota: 'q', refused: { family, resource } });
  });

  test('leaves other refusals alone', () => {
    expect(parseQuotaRefusal('Error creating: pods "a" is forbidden: violates PodSecurity')).toBeUndefined();
  });
});

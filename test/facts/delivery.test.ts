import { describe, expect, test } from 'vitest';
import type { ResourceDoc } from '../../src/domain/facts/resource.ts';
import { addOn, certificate, condition, externalSecret, unissued } from './add-ons.ts';
import { ago, factsOf, podOf, running, workload } from './infrastructure-scene.ts';

const docs = (...objects: readonly object[]) => factsOf('Resource', objects).map(({ doc }) => doc as ResourceDoc);
const said = (...objects: readonly object[]) => factsOf('Resource', objects).flatMap(({ texts }) => texts.map(({ reason, text }) => `${reason}: ${text}`));

describe('an Application', () => {
  const failed = addOn('Application', 'shop', {
    status: {
      sync: { status: 'OutOfSync' },
      health: { status: 'Missing' },
      operationState: { phase: 'Failed', message: 'one or more objects failed to apply', finishedAt: ago(600) },
      conditions: [{ type: 'SyncError', message: 'Failed sync attempt', lastTransitionTime: ago(600) }],
    },
  });

  test('whose last sync failed says why, twice', () => {
    expect(docs(failed)[0]).toMatchObject({ ready: 'False', phase: 'Failed', phase_s: 600, not_ready_s: 600, answered: true });
    expect(said(failed)).toEqual(expect.arrayContaining(['SyncFailed: one or more objects failed to apply', 'SyncError: Failed sync attempt']));
  });

  test('that differs from its source, or is unhealthy, has that as its phase', () => {
    const of = (sync: string, health: string) => docs(addOn('Application', 'shop', { status: { sync: { status: sync }, health: { status: health } } }))[0];
    expect(of('Synced', 'Healthy')).toMatchObject({ ready: 'True', phase: 'Synced' });
    expect(of('OutOfSync', 'Healthy')).toMatchObject({ ready: 'Unknown', phase: 'OutOfSync' });
    expect(of('Synced', 'Degraded')).toMatchObject({ ready: 'False', phase: 'Degraded' });
  });
});

test.each([
  ['Rollout', { phase: 'Degraded', abort: true, message: 'RolloutAborted: metric failed' }, { ready: 'False', phase: 'Aborted' }],
  [
    'Rollout',
    { phase: 'Paused', pauseConditions: [{ reason: 'CanaryPauseStep', startTime: ago(3600) }] },
    { ready: 'Unknown', phase: 'Paused', phase_s: 3600 },
  ],
  ['Canary', { phase: 'Failed', lastTransitionTime: ago(60) }, { ready: 'False', phase: 'Failed', phase_s: 60 }],
  ['ClusterServiceVersion', { phase: 'Failed', reason: 'InstallCheckFailed', message: 'install timeout' }, { ready: 'False', phase: 'Failed' }],
  ['InstallPlan', { phase: 'RequiresApproval' }, { ready: 'Unknown', phase: 'RequiresApproval' }],
  ['Subscription', { conditions: [condition('ResolutionFailed', 'True', 'ConstraintsNotSatisfiable')] }, { ready: 'False' }],
  ['Subscription', { conditions: [condition('CatalogSourcesUnhealthy', 'False', 'AllCatalogSourcesHealthy')] }, { ready: 'True' }],
  ['Kustomization', { conditions: [condition('Ready', 'False', 'BuildFailed', 'kustomize build failed')] }, { ready: 'False', not_ready_s: 1200 }],
])('a %s of status %j', (kind, status, expected) => {
  expect(docs(addOn(kind, 'x', { status }))[0]).toMatchObject(expected);
});

test('a version that was copied into the namespace is told where it stands itself', () => {
  expect(docs(addOn('ClusterServiceVersion', 'x', { status: { phase: 'Failed', reason: 'Copied' } }))).toEqual([]);
});

describe('a Helm release', () => {
  const record = (version: number, status: string, namespace = 'shop') => ({
    kind: 'Secret',
    metadata: {
      namespace,
      name: `sh.helm.release.v1.shop.v${version}`,
      labels: { owner: 'helm', name: 'shop', status, version: `${version}` },
      creationTimestamp: ago(7200),
    },
  });

  test('is judged by its newest revision', () => {
    expect(docs(record(2, 'deployed'), record(10, 'pending-upgrade'), record(3, 'superseded'))).toMatchObject([
      { kind: 'HelmReleaseRecord', name: 'shop', phase: 'pending-upgrade', phase_s: 7200, ready: 'False', class: 'revision 10' },
    ]);
    expect(docs({ ...record(1, 'failed'), metadata: { ...record(1, 'failed').metadata, labels: { owner: 'helm' } } })).toEqual([]);
  });

  test('knows the Jobs that it waits for, by label or else by name', () => {
    const job = (name: string, labels: object, annotations: object = { 'helm.sh/hook': 'pre-upgrade' }) => ({
      kind: 'Job',
      metadata: { namespace: 'shop', name, labels, annotations },
    });
    const instance = (name: string) => ({ 'app.kubernetes.io/instance': name });
    const jobs = [job('a', instance('shop')), job('shop-b', instance('other')), job('shop-c', {}), job('shop-d', {}, {})];
    const fact = factsOf('Resource', [record(1, 'failed'), ...jobs])[0];
    expect(fact?.groups?.['hooks']?.map(({ name }) => name)).toEqual(['a', 'shop-c']);
  });
});

test('a resource knows the workload that acts on it, and whether its newest spec was looked at', () => {
  const operator = workload('cert-manager', {
    spec: { containers: [{ name: 'app', image: 'quay.io/jetstack/cert-manager-controller:v1.19.0' }] },
    status: { phase: 'Running', conditions: [] },
  });
  const [before] = docs({ ...certificate(unissued), status: { observedGeneration: 1 } }, ...operator);
  expect(before).toMatchObject({ stale: true, operator: { kind: 'Deployment', namespace: 'shop', name: 'cert-manager', ready: 0, wanted: 1 } });
  const [well] = docs(certificate(unissued), ...operator.slice(0, 2), podOf('cert-manager', 'x', { status: running }));
  expect(well).toMatchObject({ stale: false, operator: { ready: 1 } });
  expect(docs(externalSecret('x'), ...operator)[0]?.operator).toBeNull();
});

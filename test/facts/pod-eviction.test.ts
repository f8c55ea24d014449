import { describe, expect, test } from 'vitest';
import { ago, causes, podOf, replicaSet } from './infrastructure-scene.ts';

const OWN_LIMIT = 'Pod ephemeral local storage usage exceeds the total limit of containers 20Mi. ';
const evicted = { phase: 'Failed', reason: 'Evicted', message: OWN_LIMIT, conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(300) }] };
const FAULT = 'ephemeral-storage-limit-exceeded on Deployment shop/web';

/** The evicted pod's revision wants so many replicas; the Deployment has so many ready ones. */
function scene({ wanted, ready, since = 300 }: { wanted: number; ready: number; since?: number }): object[] {
  const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [] } } };
  const conditions = [{ type: 'Ready', status: 'False', lastTransitionTime: ago(since) }];
  return [
    { kind: 'Deployment', metadata: { namespace: 'shop', name: 'web', uid: 'd-web' }, spec, status: { replicas: 1, readyReplicas: ready } },
    replicaSet('web', { spec: { ...spec, replicas: wanted } }),
    podOf('web', 'aaaaa', { status: { ...evicted, conditions } }),
  ];
}

describe('a pod that was evicted for its own limit', () => {
  test('is a fault while nothing has taken its place', () => {
    expect(causes(scene({ wanted: 1, ready: 0 }))).toEqual([FAULT]);
  });

  test('is one also where another of the same template runs for now, but not for ever', () => {
    expect(causes(scene({ wanted: 1, ready: 1 }))).toEqual([FAULT]);
    expect(causes(scene({ wanted: 1, ready: 1, since: 9000 }))).toEqual([]);
  });

  test('is history once another release has all its pods', () => {
    expect(causes(scene({ wanted: 0, ready: 1 }))).toEqual([]);
  });

  test('of a Job is history once the Job has succeeded', () => {
    const owned = { metadata: { name: 'export-x', labels: {}, ownerReferences: [{ kind: 'Job', name: 'export', controller: true }] } };
    const pod = podOf('export', 'x', { ...owned, spec: { restartPolicy: 'Never' }, status: evicted });
    const job = (conditions: readonly object[]) => ({ kind: 'Job', metadata: { namespace: 'shop', name: 'export' }, spec: {}, status: { conditions } });
    expect(causes([pod, job([])])).toEqual(['ephemeral-storage-limit-exceeded on Job shop/export']);
    expect(causes([pod, job([{ type: 'Complete', status: 'True' }])])).toEqual([]);
  });
});

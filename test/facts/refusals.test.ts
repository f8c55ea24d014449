import { describe, expect, test } from 'vitest';
import type { Workload } from '../../src/domain/kubernetes/workload.ts';
import { podCounts, refusals } from '../../src/facts/refusals.ts';
import { causes, contextOf, event } from './infrastructure-scene.ts';

const set = (kind: string, spec: object, status: object) =>
  ({ kind, metadata: { namespace: 'shop', name: 'x', uid: `u-${kind}` }, spec, status }) as unknown as Workload;

test.each([
  ['ReplicaSet', { replicas: 3 }, { replicas: 1 }, 3, 1],
  ['StatefulSet', {}, {}, 1, 0],
  ['DaemonSet', {}, { desiredNumberScheduled: 4, currentNumberScheduled: 2 }, 4, 2],
  ['Job', {}, { active: 1 }, 1, 1],
  ['Job', {}, {}, 1, 0],
  ['Job', { suspend: true }, {}, 0, 0],
  ['Job', {}, { completionTime: '2026-01-01T00:00:00Z', succeeded: 1 }, 0, 1],
  ['CronJob', {}, {}, 1, 0],
])('a %s %j %j should have %d pods and has %d', (kind, spec, status, wanted, present) => {
  expect(podCounts(set(kind, spec, status))).toEqual({ wanted, present });
});

describe('refusals', () => {
  const forbidden = 'Error creating: pods "x-1" is forbidden: exceeded quota: team, requested: pods=1, used: pods=5, limited: pods=5';

  test('are read from conditions when events have expired', () => {
    const condition = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: forbidden };
    const found = refusals(contextOf([set('ReplicaSet', { replicas: 1 }, { replicas: 0, conditions: [condition] })]));
    expect(found).toMatchObject([{ text: { source: 'condition', reason: 'FailedCreate', stale: false }, wanted: 1, present: 0 }]);
  });

  test('are read from events of ReplicaSets that were not read themselves, but not of those that are gone', () => {
    const deployment = { kind: 'Deployment', metadata: { namespace: 'shop', name: 'web' }, spec: { replicas: 1 }, status: { replicas: 0 } };
    const refused = event({ kind: 'ReplicaSet', metadata: { namespace: 'shop', name: 'web-6d5f7c9b8' } }, 'FailedCreate', forbidden);
    const told = (options: object) => refusals(contextOf([deployment, refused], options)).map(({ workload, text }) => [workload.name, text.stale]);
    expect(told({ notCollected: ['ReplicaSet'] })).toEqual([['web', false]]);
    expect(told({})).toEqual([]);
  });

  test('are stale once the set has all its pods, and other troubles of creation are none', () => {
    const job = set('Job', {}, { active: 1 });
    expect(refusals(contextOf([job, event(job, 'FailedCreate', forbidden)]))[0]?.text.stale).toBe(true);
    expect(refusals(contextOf([job, event(job, 'FailedCreate', 'timed out')]))).toEqual([]);
  });
});

describe('limit ranges', () => {
  const range = (limits: object) => ({ kind: 'LimitRange', metadata: { namespace: 'shop', name: 'lr' }, spec: { limits: [limits] } });
  const refused = (message: string) => {
    const owner = set('StatefulSet', { replicas: 1 }, { replicas: 0 });
    return [owner, event(owner, 'FailedCreate', `create Pod x-0 in StatefulSet x failed error: pods "x-0" is forbidden: ${message}`)];
  };
  test.each([
    ['minimum cpu usage per Container is 100m, but request is 10m', { type: 'Container', min: { cpu: '100m' } }, ['limit-range-minimum on LimitRange shop/lr']],
    ['minimum cpu usage per Container is 100m, but request is 10m', { type: 'Container', max: { cpu: '100m' } }, []],
    ['maximum cpu usage per Pod is 2.  No limit is specified', { type: 'Pod', max: { cpu: '2' } }, ['limit-range-maximum on LimitRange shop/lr']],
    ['cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000', { type: 'Container' }, ['limit-range-ratio on LimitRange shop/lr']],
    ['maximum cpu usage per Pod is 2, but limit is 3', { type: 'Container', max: { cpu: '2' } }, []],
  ])('%s', (message, limits, expected) => {
    expect(causes([range(limits), ...refused(message)])).toEqual(expected);
  });
});

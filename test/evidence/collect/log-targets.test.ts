import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { ContainerStatus } from '../../../src/domain/kubernetes/pod.ts';
import type { ObjectRef } from '../../../src/domain/object-ref.ts';
import { NO_TELEMETRY, type Telemetry } from '../../../src/domain/telemetry.ts';
import { logLimitsOf, logTargets } from '../../../src/evidence/collect/log-targets.ts';
import { inventoryOf } from '../../../src/evidence/inventory-of.ts';
import { AS_OF, CRASHING, object, pod, RUNNING } from './objects.ts';

interface Asked {
  readonly telemetry?: Telemetry;
  readonly namespaces?: string[];
  readonly named?: ObjectRef[];
}
const LIVE = logLimitsOf({ target: { reader: 'live', cluster: null, context: null, server_version: null } });
const targets = (objects: KubeObject[], { telemetry = NO_TELEMETRY, namespaces = ['shop'], named = [] }: Asked = {}) =>
  logTargets(inventoryOf(objects, { asOf: AS_OF, telemetry }), { namespaces, objects: named, since: null, until: null }, LIVE).map(
    ({ pod: name, container, runs }) => `${name} ${container} ${runs}`,
  );
const ended = (exitCode: number, finishedAt = '2026-03-01T11:50:00Z') => ({ terminated: { exitCode, reason: 'Error', finishedAt } });
const bystanders = Array.from({ length: 30 }, (_, index) => pod(`other-${index}`, { app: RUNNING }, { owner: ['StatefulSet', `other-${index}`] }));

describe('which runs are read', () => {
  const cases: [string, Partial<ContainerStatus>, string[]][] = [
    ['a crash loop: the run before', CRASHING, ['a-0 app previous']],
    ['ended badly', { state: ended(2) }, ['a-0 app current']],
    ['not ready', { ready: false, state: RUNNING.state ?? {} }, ['a-0 app current']],
    ['not ready after a restart', { ready: false, restartCount: 1, state: RUNNING.state ?? {}, lastState: ended(1) }, ['a-0 app both']],
    ['restarted lately', { ...RUNNING, restartCount: 1, lastState: ended(1) }, ['a-0 app both']],
    ['restarted long ago', { ...RUNNING, restartCount: 1, lastState: ended(1, '2026-02-01T00:00:00Z') }, []],
    ['never started', { ready: false, restartCount: 0, state: { waiting: { reason: 'ImagePullBackOff' } } }, []],
    ['done', { state: ended(0) }, []],
    ['well', RUNNING, []],
    ['without a state', {}, []],
  ];
  test.each(cases)('%s', (_, status, expected) => {
    expect(targets([pod('a-0', { app: status }, { owner: ['StatefulSet', 'a'] }), ...bystanders])).toEqual(expected);
  });

  test('of an init container that hangs, and of a sidecar beside a healthy container', () => {
    const hanging = pod(
      'a-0',
      { app: { state: { waiting: { reason: 'PodInitializing' } }, restartCount: 0 } },
      { phase: 'Pending', init: { wait: { state: { running: {} } } } },
    );
    const sidecar = pod('b-0', { app: RUNNING, proxy: CRASHING });
    expect(targets([hanging, sidecar, ...bystanders])).toEqual(['b-0 proxy previous', 'a-0 wait current']);
  });
});

describe('which containers', () => {
  test('at most two pods of a workload, the newest, and twenty in all', () => {
    const sets = Array.from({ length: 12 }, (_, set) =>
      object('ReplicaSet', 'shop', `rs-${set}`, {
        metadata: { name: `rs-${set}`, namespace: 'shop', ownerReferences: [{ kind: 'Deployment', name: `d-${set}`, controller: true }] },
      }),
    );
    const pods = sets.flatMap(({ metadata }, set) =>
      [1, 2, 3].map((hour) => pod(`p-${set}-${hour}`, { app: CRASHING }, { owner: ['ReplicaSet', metadata.name], createdAt: `2026-03-01T0${hour}:00:00Z` })),
    );
    const found = targets([...sets, ...pods]);
    expect(found).toHaveLength(20);
    expect(found.filter((target) => /-1 app/.test(target))).toEqual([]);
  });

  test('only of the namespaces of the scope', () => {
    expect(targets([pod('a', { app: CRASHING }), pod('b', { app: CRASHING }, { namespace: 'other' })])).toEqual(['a app previous']);
    expect(targets([pod('b', { app: CRASHING }, { namespace: 'other' })], { namespaces: [] })).toEqual(['b app previous']);
  });

  test('of what the question names though it runs, by workload, Service or pod', () => {
    const labels = { app: 'web' };
    const objects = [
      pod('web-0', { app: RUNNING }, { owner: ['StatefulSet', 'web'], labels }),
      pod('web-1', { app: RUNNING }, { owner: ['StatefulSet', 'web'], labels }),
      object('Service', 'shop', 'front', { spec: { selector: labels } }),
      ...bystanders,
    ];
    const named = (kind: string, name: string) => targets(objects, { named: [{ kind, namespace: 'shop', name }] });
    expect(named('StatefulSet', 'web')).toHaveLength(2);
    expect(named('Service', 'front')).toHaveLength(2);
    expect(named('Pod', 'web-1')).toEqual(['web-1 app current']);
    expect(named('Deployment', 'nothing')).toEqual([]);
  });

  test('of what a connectivity check or an alert points at', () => {
    const labels = { app: 'web' };
    const objects = [
      pod('web-0', { app: RUNNING }, { owner: ['StatefulSet', 'web'], labels }),
      object('Service', 'shop', 'front', { spec: { selector: labels } }),
      ...bystanders,
    ];
    const check = { namespace: 'shop', service: 'front', port: 80, reachable: false, output: '', checks: [] };
    const alert = (extra: Record<string, string>) => ({ labels: { namespace: 'shop', ...extra }, annotations: {}, startsAt: AS_OF });
    expect(targets(objects, { telemetry: { ...NO_TELEMETRY, connectivity: [check] } })).toEqual(['web-0 app current']);
    expect(targets(objects, { telemetry: { ...NO_TELEMETRY, connectivity: [{ ...check, reachable: true }] } })).toEqual([]);
    for (const extra of [{ pod: 'web-0' }, { service: 'front' }, { statefulset: 'web' }]) {
      expect(targets(objects, { telemetry: { ...NO_TELEMETRY, alerts: [alert(extra)] } })).toEqual(['web-0 app current']);
    }
  });

  test('one pod of each workload where they are few and nothing fails', () => {
    const few = ['a', 'b'].flatMap((name) => [0, 1].map((index) => pod(`${name}-${index}`, { app: RUNNING }, { owner: ['StatefulSet', name] })));
    expect(targets(few)).toEqual(['a-0 app current', 'b-0 app current']);
  });
});

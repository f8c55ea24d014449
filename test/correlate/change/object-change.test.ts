import { describe, expect, test } from 'vitest';
import { changeText } from '../../../src/domain/change-text.ts';
import { at, blamed, deployment, podOf, warning } from './revisions.ts';

type Fields = Record<string, unknown>;
const write = (clock: string, field: string, to: string | null, from?: string | null) => ({
  manager: 'kubectl-edit',
  time: at(clock),
  changed: [{ field, to, ...(from === undefined ? {} : { from }) }],
});
const thing = (kind: string, name: string, managedFields: readonly object[] = [], more: Fields = {}) => ({
  kind,
  metadata: { namespace: 'shop', name, creationTimestamp: at('07:00'), managedFields },
  ...more,
});
const told = (objects: readonly object[], given: Parameters<typeof blamed>[1]) => {
  const change = blamed(objects, given)?.change;
  return change ? `${change.object.kind} at ${change.at.slice(11, 16)}${changeText(change)}` : null;
};

describe('a write of the blamed object', () => {
  test('is named, with what it was before where that is known', () => {
    const mismatch = { cause: 'service-selector-mismatch', effect: 'no-endpoints', on: 'Service/shop/web', seen: ['Service/shop/web'], since: null } as const;
    const service = (from?: string) => [thing('Service', 'web', [write('09:05', 'spec.selector.app', 'webb', from)])];
    expect(told(service('web'), mismatch)).toBe('Service at 09:05 by kubectl-edit: spec.selector.app web → webb');
    expect(told(service(), mismatch)).toBe('Service at 09:05 by kubectl-edit: spec.selector.app is now webb (what it was is not recorded)');
    expect(blamed(service(), mismatch)?.change).toMatchObject({ from: null, from_recorded: false, revision: null, by: 'kubectl-edit' });
  });

  test('is not named where the trouble was there before, or where the field does not lead to it', () => {
    const service = [thing('Service', 'web', [write('09:05', 'spec.selector.app', 'webb', 'web')])];
    const mismatch = { cause: 'service-selector-mismatch', effect: 'no-endpoints', on: 'Service/shop/web', seen: ['Service/shop/web'] } as const;
    expect(told(service, { ...mismatch, since: at('09:00') })).toBeNull();
    expect(told([thing('Service', 'web', [write('09:05', 'spec.sessionAffinity', 'ClientIP')])], { ...mismatch, since: null })).toBeNull();
  });

  test('of a scaling has the number before from its event', () => {
    const scaled = {
      ...warning('web', 'ScalingReplicaSet', '09:05'),
      type: 'Normal',
      message: 'Scaled down replica set web-5d from 3 to 0',
      involvedObject: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    };
    const objects = [deployment({ managedFields: [{ ...write('09:05', 'spec.replicas', '0'), manager: 'kubectl' }] }), scaled];
    const zero = { cause: 'workload-scaled-to-zero', effect: 'unavailable', seen: ['Deployment/shop/web'], since: null } as const;
    expect(told(objects, zero)).toBe('Deployment at 09:05 by kubectl: spec.replicas 3 → 0');
    expect(told(objects.slice(0, 1), zero)).toBeNull();
  });

  test('of a node is its cordon', () => {
    const node = {
      kind: 'Node',
      metadata: { name: 'n1', creationTimestamp: at('01:00'), managedFields: [{ ...write('09:05', 'spec.unschedulable', 'true'), manager: 'kubectl-cordon' }] },
    };
    expect(told([node, podOf('web-1')], { cause: 'node-cordoned', effect: 'node-excluded', on: 'Node//n1' })).toBe(
      'Node at 09:05 by kubectl-cordon: spec.unschedulable is now true (what it was is not recorded)',
    );
  });

  test('of a CronJob is found in the template of its jobs', () => {
    const path = 'spec.jobTemplate.spec.template.spec.containers[name=app].image';
    const job = [thing('CronJob', 'report', [write('09:05', path, 'a:2', 'a:1')]), podOf('report-1')];
    expect(told(job, { cause: 'image-not-found', effect: 'image-not-pulled', on: 'CronJob/shop/report' })).toBe(
      'CronJob at 09:05 by kubectl-edit: image of app a:1 → a:2',
    );
  });
});

describe('the making of the blamed object', () => {
  const policy = (clock: string) => ({
    ...thing('NetworkPolicy', 'deny'),
    metadata: { namespace: 'shop', name: 'deny', creationTimestamp: at(clock), managedFields: [{ manager: 'kubectl-create', time: at(clock) }] },
  });
  const blocked = { cause: 'network-policy-blocks-traffic', effect: 'traffic-blocked', on: 'NetworkPolicy/shop/deny', hurts: ['Deployment/shop/web'] } as const;

  test('is the change for what was there long before', () => {
    expect(told([policy('09:05'), deployment()], { ...blocked, seen: ['NetworkPolicy/shop/deny'] })).toBe(
      'NetworkPolicy at 09:05 by kubectl-create: it was created',
    );
  });

  test('is none where all was made together', () => {
    expect(told([policy('07:00'), deployment()], { ...blocked, seen: ['NetworkPolicy/shop/deny'], since: at('07:01') })).toBeNull();
  });
});

describe('a write of what the workload takes its settings from', () => {
  const workload = (spec: Fields) => ({
    ...deployment(),
    spec: { template: { spec: { containers: [{ name: 'app', ...spec }], volumes: [{ name: 'c', configMap: { name: 'settings' } }] } } },
  });
  const withVariable = (key: string) => ({
    ...deployment(),
    spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key } } }] }] } } },
  });
  const settings = thing('ConfigMap', 'settings', [write('09:05', 'data.mode', 'turbo', 'fast')]);
  const started = (clock: string) => ({
    ...podOf('web-1'),
    status: { startTime: at('07:00'), containerStatuses: [{ name: 'app', state: { running: { startedAt: at(clock) } } }] },
  });
  const exits = { cause: 'application-exits', effect: 'crashing', strength: 'weak' } as const;
  const CHANGED = 'ConfigMap at 09:05 by kubectl-edit: data.mode fast → turbo';

  test('is named where it is mounted', () => {
    expect(told([workload({}), settings, podOf('web-1')], exits)).toBe(CHANGED);
  });

  test('is named for a variable only when a container started since, and reads that key', () => {
    expect(told([withVariable('mode'), settings, started('09:06')], exits)).toBe(CHANGED);
    expect(told([withVariable('mode'), settings, started('09:04')], exits)).toBeNull();
    expect(told([withVariable('other'), settings, started('09:06')], exits)).toBeNull();
  });

  test('is named for a failing dependency only where the finding speaks of it', () => {
    const refused = { cause: 'database-unreachable', effect: 'dependency-failing' } as const;
    const address = thing('ConfigMap', 'settings', [write('09:05', 'data.db', 'db-2:5432', 'db:5432')]);
    expect(told([workload({}), address, podOf('web-1')], { ...refused, mechanism: 'db-2:5432 refuses' })).toContain('data.db db:5432 → db-2:5432');
    expect(told([workload({}), settings, podOf('web-1')], { ...refused, mechanism: 'db-2:5432 refuses' })).toBeNull();
  });

  test('is not named for what it cannot have brought', () => {
    expect(told([workload({}), settings, podOf('web-1')], { cause: 'container-memory-limit-exceeded', effect: 'killed', since: at('09:00') })).toBeNull();
    expect(told([workload({}), settings, podOf('web-1')], { cause: 'image-not-found', effect: 'image-not-pulled' })).toBeNull();
  });
});

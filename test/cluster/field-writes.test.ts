import { describe, expect, test } from 'vitest';
import { fieldWrites } from '../../src/cluster/field-writes.ts';
import type { FieldWrite, Json, KubeObject, ManagedFields } from '../../src/domain/kubernetes/object.ts';

const MADE = '2026-11-21T08:00:00Z';
const LATER = '2026-11-21T09:00:00Z';
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const entry = (fieldsV1: Json, more: Partial<ManagedFields> = {}): ManagedFields => ({
  manager: 'kubectl-edit',
  operation: 'Update',
  time: LATER,
  fieldsV1,
  ...more,
});

interface Written {
  readonly kind: string;
  readonly applied?: object;
  readonly [part: string]: unknown;
}

const object = ({ kind, applied, ...rest }: Written, entries: readonly ManagedFields[]): KubeObject =>
  ({
    kind,
    metadata: {
      name: 'web',
      namespace: 'shop',
      creationTimestamp: MADE,
      annotations: applied === undefined ? {} : { [APPLIED]: JSON.stringify(applied) },
      managedFields: entries,
    },
    ...rest,
  }) as unknown as KubeObject;

const changed = (written: Written, ...entries: readonly ManagedFields[]): readonly FieldWrite[] =>
  fieldWrites(object(written, entries)).flatMap((one) => one.changed ?? []);

describe('what a later write changed', () => {
  test('is told with its value before, where the applied configuration still has it', () => {
    const service = { kind: 'Service', spec: { selector: { app: 'webb' }, type: 'ClusterIP' }, applied: { spec: { selector: { app: 'web' } } } };
    expect(changed(service, entry({ 'f:spec': { 'f:selector': {} } }))).toEqual([{ field: 'spec.selector.app', from: 'web', to: 'webb' }]);
  });

  test('without an applied configuration is told as it is now, where the writer owns few fields', () => {
    const service = { kind: 'Service', spec: { selector: { app: 'webb' }, ports: [{ name: 'http', port: 80, targetPort: 81 }] } };
    const owned = { 'f:spec': { 'f:ports': { '.': {}, 'k:{"port":80}': { '.': {}, 'f:port': {}, 'f:targetPort': {} } } } };
    expect(changed(service, entry(owned))).toEqual([
      { field: 'spec.ports[name=http].port', to: '80' },
      { field: 'spec.ports[name=http].targetPort', to: '81' },
    ]);
  });

  test('of a text of several lines is told by the lines that differ', () => {
    const config = {
      kind: 'ConfigMap',
      data: { 'app.conf': 'mode=turbo\nport=80\n', a: '1' },
      applied: { data: { 'app.conf': 'mode=fast\nport=80\n', a: '1' } },
    };
    expect(changed(config, entry({ 'f:data': { 'f:app.conf': {} } }))).toEqual([{ field: 'data.app.conf', from: 'mode=fast', to: 'mode=turbo' }]);
  });

  test('of a writer that also wrote what is applied is known for one field only', () => {
    const owned = (...keys: string[]) => ({
      'f:metadata': { 'f:annotations': { [`f:${APPLIED}`]: {} } },
      'f:data': Object.fromEntries(keys.map((key) => [`f:${key}`, {}])),
    });
    const data = { a: '1', b: '2', c: '3' };
    expect(changed({ kind: 'ConfigMap', data, applied: { data } }, entry(owned('a')))).toEqual([{ field: 'data.a', to: '1' }]);
    expect(changed({ kind: 'ConfigMap', data, applied: { data } }, entry(owned('a', 'b')))).toEqual([]);
  });

  test('of a scaling is told, though it is a subresource', () => {
    const deployment = { kind: 'Deployment', spec: { replicas: 0, paused: false, template: { spec: { containers: [{ name: 'app', image: 'a' }] } } } };
    const owned = { 'f:spec': { 'f:replicas': {}, 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"app"}': { 'f:image': {} } } } } } };
    expect(changed(deployment, entry(owned, { manager: 'kubectl', subresource: 'scale' }))).toEqual([{ field: 'spec.replicas', to: '0' }]);
  });

  test.each([
    [
      'a password in a ConfigMap',
      { kind: 'ConfigMap', data: { 'db-password': 'hunter3', a: '1' }, applied: { data: { 'db-password': 'hunter2' } } },
      { 'f:data': { 'f:db-password': {} } },
    ],
    [
      'a Secret, whatever is applied',
      { kind: 'Secret', data: { url: 'aHVudGVyMw==', b: '' }, applied: { data: { url: 'aHVudGVyMg==' } } },
      { 'f:data': { 'f:url': {} } },
    ],
  ])('%s is masked', (_, written, owned) => {
    const writes = changed(written, entry(owned));
    expect(writes).toHaveLength(1);
    expect(JSON.stringify(writes)).not.toMatch(/hunter|aHVu/);
  });
});

describe('nothing is told', () => {
  const service = { kind: 'Service', spec: { selector: { app: 'web' }, type: 'ClusterIP' } };
  const owned = { 'f:spec': { 'f:selector': {} } };
  test.each([
    ['of the making of an object', service, entry(owned, { time: MADE })],
    ['of the status', service, entry({ 'f:spec': { 'f:selector': {} } }, { subresource: 'status' })],
    ['of a writer of the whole object', { kind: 'Service', spec: { selector: { app: 'web', tier: 'a' } } }, entry({ 'f:spec': { '.': {}, 'f:selector': {} } })],
    ['of a value that is as it is applied', { ...service, applied: { spec: { selector: { app: 'web' } } } }, entry(owned)],
    [
      'of a quantity that is only spelled otherwise',
      { kind: 'ResourceQuota', spec: { hard: { cpu: '500m' }, scopes: [] }, applied: { spec: { hard: { cpu: '0.5' } } } },
      entry({ 'f:spec': { 'f:hard': { 'f:cpu': {} } } }),
    ],
    ['of a kind that does not count', { kind: 'Pod', spec: { nodeName: 'n1' } }, entry({ 'f:spec': { 'f:nodeName': {} } })],
    [
      'of a writer of all and of labels',
      { kind: 'ConfigMap', data: { a: '1' } },
      entry({ 'f:metadata': { 'f:labels': { 'f:x': {} } }, 'f:data': { 'f:a': {} } }),
    ],
    ['of a field that is gone', { kind: 'ConfigMap', data: { b: '1' } }, entry({ 'f:data': { '.': {}, 'f:gone': {} } })],
  ])('%s', (_, written, one) => {
    expect(changed(written, one)).toEqual([]);
  });

  test('but who wrote when stays, without the tree', () => {
    expect(fieldWrites(object(service, [entry(owned, { time: MADE })]))).toEqual([{ manager: 'kubectl-edit', operation: 'Update', time: MADE }]);
  });

  test('and what a dump keeps is left as it is', () => {
    const kept = [{ manager: 'kubectl-edit', time: LATER, changed: [{ field: 'spec.selector.app', from: 'a', to: 'b' }] }];
    expect(fieldWrites(object(service, kept))).toEqual(kept);
  });
});

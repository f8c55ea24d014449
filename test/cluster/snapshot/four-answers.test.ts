import { describe, expect, test } from 'vitest';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { openSnapshotReader } from '../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { type DumpFiles, temporaryFolder, writeFiles } from './dump-files.ts';

const { signal } = new AbortController();
const object = (kind: string, name: string, namespace?: string, apiVersion = 'v1') => ({
  apiVersion,
  kind,
  metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
});
const list = (...items: unknown[]): string => JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
const INFO = { 'snapshot-info.json': '{"collectedAt":"2026-03-01T12:00:00Z"}' };
const NAMESPACES = { 'namespaces.json': list(object('Namespace', 'shop'), object('Namespace', 'vault')) };

async function over(files: DumpFiles, ask: (reader: ClusterReader) => Promise<void>): Promise<void> {
  await using folder = await temporaryFolder();
  await using reader = await openSnapshotReader(await writeFiles(folder.path, files));
  await ask(reader);
}

describe('a cluster-info dump', () => {
  const dump = {
    ...INFO,
    ...NAMESPACES,
    'nodes.json': list(),
    'shop/configmaps.json': list(),
    'shop/pods.json': list(object('Pod', 'a', 'shop')),
    'vault/events.json': list(),
  };

  test('an empty file proves that there was nothing', () =>
    over(dump, async (reader) => {
      expect(await reader.get('ConfigMap', 'shop', 'settings', signal)).toMatchObject({ status: 'not-found' });
      expect(await reader.get('Node', undefined, 'n', signal)).toMatchObject({ status: 'not-found' });
    }));

  test('a missing file proves nothing, and is named', () =>
    over(dump, async (reader) => {
      expect(await reader.get('Service', 'shop', 'api', signal)).toEqual({ status: 'not-collected', needs: 'shop/services.json in the dump' });
      expect(await reader.get('ConfigMap', 'vault', 'settings', signal)).toEqual({ status: 'not-collected', needs: 'vault/configmaps.json in the dump' });
    }));

  test('in a namespace that does not exist there is nothing', () =>
    over(dump, async (reader) => {
      expect((await reader.get('Service', 'nowhere', 'api', signal)).status).toBe('not-found');
      expect((await reader.list('Service', { namespace: 'nowhere' }, signal)).status).toBe('not-found');
    }));

  test('a list of all namespaces says of which it knows nothing', () =>
    over(dump, async (reader) => {
      const lookup = await reader.list('Pod', {}, signal);
      expect(lookup).toMatchObject({ status: 'found', value: { items: [{ metadata: { name: 'a' } }], problems: ['the dump holds no pods of vault'] } });
      expect(reader.namespaces).toEqual(['shop', 'vault']);
    }));

  test('a damaged file is no empty one', () =>
    over({ ...dump, 'shop/configmaps.json': '{"apiVersion":"v1","items":[' }, async (reader) => {
      expect(await reader.get('ConfigMap', 'shop', 'settings', signal)).toEqual({
        status: 'not-collected',
        needs: 'a readable shop/configmaps.json in the dump',
        reason: 'shop/configmaps.json: it is not valid JSON (it ends in the middle)',
      });
    }));

  test('of a cut file the complete items are used, and the rest is unknown', () =>
    over({ ...dump, 'shop/pods.json': list(object('Pod', 'a', 'shop'), object('Pod', 'b', 'shop')).slice(0, -20) }, async (reader) => {
      const lookup = await reader.list('Pod', { namespace: 'shop' }, signal);
      expect(lookup).toMatchObject({ status: 'found', value: { items: [{ metadata: { name: 'a' } }], problems: [expect.stringContaining('shop/pods.json')] } });
      expect(await reader.get('Pod', 'shop', 'b', signal)).toMatchObject({ status: 'not-collected', needs: 'a complete shop/pods.json in the dump' });
    }));

  test('what the collector was refused, and what it cut, is told as it was', () => {
    const gaps = [
      { kind: 'ConfigMap', namespace: 'vault', why: 'forbidden', needs: 'list configmaps in vault' },
      { kind: 'Pod', namespace: 'shop', why: 'truncated', needs: 'all pods', detail: 'only the first 1 were read' },
      { kind: 'Service', namespace: null, why: 'not-collected', needs: 'x', detail: 'the server was not reachable' },
    ];
    return over({ ...dump, 'snapshot-info.json': JSON.stringify({ collectedAt: '2026-03-01T12:00:00Z', gaps }) }, async (reader) => {
      expect(await reader.list('ConfigMap', { namespace: 'vault' }, signal)).toEqual({ status: 'forbidden', needs: 'list configmaps in vault' });
      expect(await reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({
        value: { problems: ['pods: only the first 1 were read when the dump was taken'] },
      });
      expect(await reader.get('Service', 'shop', 'a', signal)).toMatchObject({ status: 'not-collected', reason: 'the server was not reachable' });
    });
  });

  test("an API server's refusal that was saved as the file is one", () =>
    over({ ...dump, 'shop/secrets.json': '{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403}' }, async (reader) => {
      expect(await reader.list('Secret', { namespace: 'shop' }, signal)).toEqual({ status: 'forbidden', needs: 'list secrets in shop' });
    }));

  test('JSON goes before YAML of the same name', () =>
    over({ ...dump, 'shop/pods.yaml': 'not: [a list' }, async (reader) => {
      expect(await reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ value: { problems: [] } });
    }));

  test('without snapshot-info.json, the newest time in the objects is the time of the dump', () =>
    over(
      {
        'nodes.json': list({ ...object('Node', 'n'), status: { conditions: [{ type: 'Ready', lastHeartbeatTime: '2026-03-01T10:00:00Z' }] } }),
        'shop/events.json': list({ ...object('Event', 'e', 'shop'), lastTimestamp: '2026-03-01T10:05:00Z' }),
        'shop/pods.json': list({
          ...object('Pod', 'p', 'shop'),
          status: { containerStatuses: [{ name: 'c', state: { running: { startedAt: '2026-03-01T09:00:00Z' } } }] },
        }),
      },
      async (reader) => {
        expect(reader.asOf).toBe('2026-03-01T10:05:00.000Z');
        expect([reader.defaultNamespace, reader.requests, reader.target.reader]).toEqual(['shop', 0, 'snapshot']);
      },
    ));

  test('a snapshot-info.json that is none is a problem of the dump, not its end', () =>
    over({ ...dump, 'snapshot-info.json': '{"collectedAt":"yesterday"}' }, async (reader) => {
      expect(reader.problems).toEqual(['snapshot-info.json: it is not what a dump says of itself']);
      expect(Date.parse(reader.asOf)).toBeGreaterThan(0);
    }));
});

describe('a folder of kubectl output', () => {
  test('single objects are found, and prove nothing about others', () =>
    over({ 'a.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: shop}\n' }, async (reader) => {
      expect((await reader.get('Pod', 'shop', 'a', signal)).status).toBe('found');
      expect(await reader.get('Pod', 'shop', 'b', signal)).toMatchObject({ status: 'not-collected', reason: 'the dump holds only one of the pods' });
      expect(await reader.get('Service', 'shop', 'b', signal)).toEqual({
        status: 'not-collected',
        needs: 'the output of "kubectl get services -n shop -o yaml" in the dump',
      });
    }));

  test('a list of one namespace is complete for that one; of several, for all', () =>
    over(
      {
        'x/one.json': list(object('Service', 'api', 'shop')),
        'x/two.json': list(object('ConfigMap', 'a', 'shop'), object('ConfigMap', 'a', 'vault')),
      },
      async (reader) => {
        expect((await reader.get('Service', 'shop', 'b', signal)).status).toBe('not-found');
        expect((await reader.get('Service', 'vault', 'b', signal)).status).toBe('not-collected');
        expect((await reader.get('ConfigMap', 'other', 'b', signal)).status).toBe('not-found');
      },
    ));

  test('an empty list belongs to the kind and the namespace in its path', () =>
    over(
      { 'shop/configmaps.yaml': 'apiVersion: v1\nitems: []\nkind: List\n', 'all.json': list(object('Pod', 'a', 'shop'), object('Pod', 'a', 'vault')) },
      async (reader) => {
        expect((await reader.get('ConfigMap', 'shop', 'x', signal)).status).toBe('not-found');
        expect((await reader.get('ConfigMap', 'vault', 'x', signal)).status).toBe('not-collected');
      },
    ));

  test('several documents and kinds in one file', () =>
    over(
      {
        'all.txt.yaml':
          '# comment\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: api\n  namespace: shop\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: shop\n',
      },
      async (reader) => {
        expect((await reader.get('Service', 'shop', 'api', signal)).status).toBe('found');
        expect((await reader.get('Deployment', 'shop', 'api', signal)).status).toBe('found');
      },
    ));

  test('folders that do not bear the names of their namespaces say nothing', () =>
    over(
      { 'nodes.json': list(), 'monday/pods.json': list(object('Pod', 'a', 'shop')), 'monday/services.json': list(object('Service', 'a', 'shop')) },
      async (reader) => {
        expect((await reader.get('Service', 'shop', 'a', signal)).status).toBe('found');
        expect(reader.namespaces).toEqual(['shop']);
      },
    ));

  test('a kind of that name in another group is another kind', () =>
    over(
      { 'a.json': list(object('Service', 'api', 'shop', 'serving.knative.dev/v1'), object('Ingress', 'old', 'shop', 'extensions/v1beta1')) },
      async (reader) => {
        expect((await reader.get('Service', 'shop', 'api', signal)).status).toBe('not-collected');
        expect((await reader.get('Ingress', 'shop', 'old', signal)).status).toBe('found');
      },
    ));

  test('a single file is a dump too', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'pods.json': list(object('Pod', 'a', 'shop')) });
    await using reader = await openSnapshotReader(`${folder.path}/pods.json`);
    expect((await reader.get('Pod', 'shop', 'a', signal)).status).toBe('found');
  });
});

describe('a must-gather', () => {
  const root = 'mg/image';
  const yaml = (kind: string, name: string) => `---\napiVersion: v1\nkind: ${kind}\nmetadata:\n  name: ${name}\n`;

  test('nodes are complete by their folder, namespaces are not', () =>
    over(
      {
        [`${root}/cluster-scoped-resources/core/nodes/n1.yaml`]: yaml('Node', 'n1'),
        [`${root}/namespaces/shop/shop.yaml`]: yaml('Namespace', 'shop'),
        [`${root}/namespaces/shop/core/pods.yaml`]: '---\napiVersion: v1\nitems: []\nkind: PodList\n',
        [`${root}/namespaces/shop/apps/deployments/api.yaml`]: '---\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: shop\n',
      },
      async (reader) => {
        expect((await reader.get('Node', undefined, 'n2', signal)).status).toBe('not-found');
        expect(await reader.get('Namespace', undefined, 'vault', signal)).toMatchObject({ status: 'not-collected' });
        expect((await reader.get('Pod', 'shop', 'a', signal)).status).toBe('not-found');
        expect((await reader.get('Deployment', 'shop', 'api', signal)).status).toBe('found');
        expect(await reader.get('StatefulSet', 'shop', 'db', signal)).toEqual({
          status: 'not-collected',
          needs: 'namespaces/shop/apps/statefulsets.yaml in the dump',
        });
        expect(await reader.get('StorageClass', undefined, 'fast', signal)).toMatchObject({
          needs: 'cluster-scoped-resources/storage.k8s.io/storageclasses in the dump',
        });
      },
    ));
});

describe('a support bundle', () => {
  test('an error that is no refusal leaves the kind uncollected, with its reason', () =>
    over(
      {
        'cluster-resources/pods/shop.json': '[]',
        'cluster-resources/nodes-errors.json': '["etcdserver: request timed out"]',
        'cluster-resources/pvcs/shop.json': '[{"metadata":{"name":"data","namespace":"shop"}}]',
        'cluster-resources/services-errors.json': 'null',
      },
      async (reader) => {
        expect(await reader.list('Node', {}, signal)).toMatchObject({ status: 'not-collected', reason: 'etcdserver: request timed out' });
        expect(await reader.get('PersistentVolumeClaim', 'shop', 'data', signal)).toMatchObject({ status: 'found', value: { kind: 'PersistentVolumeClaim' } });
        expect(await reader.list('Service', { namespace: 'shop' }, signal)).toEqual({
          status: 'not-collected',
          needs: 'cluster-resources/services/shop.json in the dump',
        });
      },
    ));
});

describe('what lies beside the objects', () => {
  test('is found at any depth, and missing where it is missing', () =>
    over({ 'dump/nodes.json': list(), 'dump/shop/pods.json': list(), 'dump/alerts.json': '[1]' }, async (reader) => {
      expect(await reader.attachment('alerts.json', signal)).toBe('[1]');
      expect(await reader.attachment('metrics.om', signal)).toBeUndefined();
    }));
});

describe('what is no dump', () => {
  test.each([
    ['SNAPSHOT_EMPTY', {}],
    ['SNAPSHOT_NOT_RECOGNISED', { 'a.json': '{"a":1}', 'notes.txt': 'x' }],
  ])('%s', async (code, files) => {
    await using folder = await temporaryFolder();
    await expect(openSnapshotReader(await writeFiles(folder.path, files))).rejects.toMatchObject({ code });
  });

  test('SNAPSHOT_NOT_FOUND', async () => {
    await expect(openSnapshotReader('/nowhere/at/all')).rejects.toMatchObject({ code: 'SNAPSHOT_NOT_FOUND' });
  });

  test('SNAPSHOT_TOO_LARGE', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'a.json': '1', 'b.json': '1', 'c.json': '1' });
    await expect(openSnapshotReader(folder.path, { limits: { maxFiles: 2 } })).rejects.toMatchObject({ code: 'SNAPSHOT_TOO_LARGE' });
  });
});

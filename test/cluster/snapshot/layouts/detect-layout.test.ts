import { describe, expect, test } from 'vitest';
import { detectLayout } from '../../../../src/cluster/snapshot/layouts/detect-layout.ts';
import type { Place } from '../../../../src/cluster/snapshot/layouts/place.ts';

const objects = (kind: string | undefined, namespace?: string, folderIsWhole = false) => ({ type: 'objects', kind, namespace, folderIsWhole });
const log = (namespace: string, pod: string, container: string | undefined, previous: boolean) => ({ type: 'log', namespace, pod, container, previous });

test.each([
  ['kubectl cluster-info dump', ['nodes.json', 'shop/pods.json']],
  ['kubectl cluster-info dump', ['a/b/nodes.yaml', 'a/b/shop/events.yaml']],
  ['kubectl cluster-info dump', ['snapshot-info.json', 'shop/replication-controllers.json']],
  ['folder of kubectl output', ['nodes.json', 'shop/notes.json']],
  ['folder of kubectl output', ['shop/pods.json', 'x.txt']],
  ['support bundle', ['b/version.yaml', 'b/cluster-resources/nodes.json']],
  ['must-gather', ['m/namespaces/shop/core/pods.yaml']],
  ['must-gather', ['m/cluster-scoped-resources/core/nodes/n.yaml']],
])('%s: %j', (name, paths) => {
  expect(detectLayout(paths).name).toBe(name);
});

describe.each<[string, string[], [string, Place | object | undefined][]]>([
  [
    'cluster-info dump',
    ['root/nodes.json', 'root/shop/pods.json'],
    [
      ['root/nodes.json', objects('Node')],
      ['root/shop/replication-controllers.json', objects('ReplicationController', 'shop')],
      ['root/shop/nodes.json', objects('Node')],
      ['root/shop/a-1/logs.txt', log('shop', 'a-1', undefined, false)],
      ['root/shop/a-1/logs-previous.txt', log('shop', 'a-1', undefined, true)],
      ['root/shop/whatever.json', objects(undefined, 'shop')],
      ['root/alerts.json', undefined],
      ['root/shop/notes.txt', undefined],
      ['elsewhere/nodes.json', undefined],
    ],
  ],
  [
    'folder of kubectl output',
    ['x.yaml'],
    [
      ['deep/down/x.yml', objects(undefined)],
      ['deep/shop/a-1/logs-previous.txt', log('shop', 'a-1', undefined, true)],
      ['deep/alerts.json', undefined],
      ['a.txt', undefined],
    ],
  ],
  [
    'support bundle',
    ['b/cluster-resources/nodes.json'],
    [
      ['b/cluster-resources/network-policy/shop.json', objects('NetworkPolicy', 'shop')],
      ['b/cluster-resources/storage-classes.json', objects('StorageClass')],
      ['b/cluster-resources/pods/logs/shop/a-1/app-previous.log', log('shop', 'a-1', 'app', true)],
      ['b/cluster-resources/pods/logs/shop/a-1/app.log', log('shop', 'a-1', 'app', false)],
      ['b/cluster-resources/pods-errors.json', { type: 'errors', kind: 'Pod' }],
      ['b/cluster-resources/custom-resources/x/shop.json', undefined],
      ['b/cluster-resources/groups.json', undefined],
      ['b/cluster-resources/pods/notes.txt', undefined],
      ['b/version.yaml', undefined],
    ],
  ],
  [
    'must-gather',
    ['m/namespaces/shop/core/pods.yaml'],
    [
      ['m/namespaces/shop/apps/deployments.yaml', objects('Deployment', 'shop')],
      ['m/namespaces/shop/core/deployments.yaml', undefined],
      ['m/namespaces/shop/core/configmaps/c.yaml', objects('ConfigMap', 'shop')],
      ['m/namespaces/shop/shop.yaml', objects('Namespace')],
      ['m/namespaces/shop/other.yaml', undefined],
      ['m/namespaces/shop/pods/a-1/a-1.yaml', objects('Pod', 'shop')],
      ['m/namespaces/shop/pods/a-1/app/app/logs/current.log', log('shop', 'a-1', 'app', false)],
      ['m/namespaces/shop/pods/a-1/app/app/logs/previous.log', log('shop', 'a-1', 'app', true)],
      ['m/namespaces/shop/pods/a-1/app/app/healthz/index', undefined],
      ['m/cluster-scoped-resources/core/nodes/n.yaml', objects('Node', undefined, true)],
      ['m/cluster-scoped-resources/storage.k8s.io/csidrivers/d.yaml', objects('CSIDriver')],
      ['m/cluster-scoped-resources/core/persistentvolumes.yaml', objects('PersistentVolume')],
      ['m/cluster-scoped-resources/config.openshift.io/nodes/n.yaml', undefined],
      ['m/event-filter.html', undefined],
    ],
  ],
])('%s', (_, paths, places) => {
  const layout = detectLayout(paths);

  test.each(places)('%s', (path, place) => {
    expect(layout.place(path)).toEqual(place);
  });

  test('names the file of every kind', () => {
    expect([layout.fileOf('Pod', 'shop'), layout.fileOf('Pod', undefined), layout.fileOf('StorageClass', undefined)].join()).toMatch(
      /pods.*pods.*storageclasses/,
    );
    expect(layout.logFileOf({ namespace: 'shop', pod: 'a-1', container: 'app', previous: true })).toMatch(/shop.*a-1.*previous/);
  });
});

import { expect, test } from 'vitest';
import { secretMadeBy } from '../../src/domain/kubernetes/add-ons.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import { addOn, certificate } from '../facts/add-ons.ts';
import { contextOf } from '../facts/infrastructure-scene.ts';

const edges = (...objects: readonly object[]): string[] =>
  contextOf(objects)
    .graph.edges.map(({ from, to, type }) => `${refLabel(from)} ${type} ${refLabel(to)}`)
    .sort();

test('Secrets lead to what they are made from, certificates to their issuers', () => {
  expect(edges(certificate(), addOn('SealedSecret', 'sealed'))).toEqual([
    'Certificate shop/shop uses ClusterIssuer acme',
    'Secret shop/sealed made-from SealedSecret shop/sealed',
    'Secret shop/shop-tls made-from Certificate shop/shop',
  ]);
  expect(edges(addOn('Certificate', 'bare'))).toEqual([]);
  expect(edges(addOn('Certificate', 'own', { spec: { issuerRef: { name: 'ca' } } }))).toEqual(['Certificate shop/own uses Issuer shop/ca']);
  expect(secretMadeBy(addOn('Gateway', 'public'))).toBeUndefined();
});

test('claims lead to the snapshots that they are restored from, and to nothing else that they are copied from', () => {
  const claim = (name: string, kind: string) => ({
    kind: 'PersistentVolumeClaim',
    metadata: { namespace: 'shop', name },
    spec: { dataSource: { kind, name: 'source' } },
  });
  expect(edges(claim('a', 'VolumeSnapshot'), claim('b', 'PersistentVolumeClaim'))).toEqual([
    'PersistentVolumeClaim shop/a made-from VolumeSnapshot shop/source',
  ]);
});

test('routes lead to their Gateways and Services, also of other namespaces, and Gateways to their Secrets', () => {
  const backends = [{ name: 'web' }, { name: 'api', namespace: 'data' }, { group: 'storage.example', kind: 'Bucket', name: 'b' }];
  const route = addOn('HTTPRoute', 'web', { spec: { parentRefs: [{ name: 'public', namespace: 'infra' }], rules: [{ backendRefs: backends }] } });
  const tls = { certificateRefs: [{ name: 'shop-tls' }, { kind: 'Bundle', name: 'other' }] };
  expect(edges(route, addOn('Gateway', 'public', { spec: { listeners: [{ name: 'https', tls }, { name: 'http' }] } }))).toEqual([
    'Gateway shop/public uses Secret shop/shop-tls',
    'HTTPRoute shop/web routes-to Service data/api',
    'HTTPRoute shop/web routes-to Service shop/web',
    'HTTPRoute shop/web uses Gateway infra/public',
  ]);
});

import { describe, expect, test } from 'vitest';
import type { ResourceDoc } from '../../src/domain/facts/resource.ts';
import type { InventoryOfOptions } from '../../src/evidence/inventory-of.ts';
import { addOn, certificate, condition, externalSecret, issuerRef, unissued } from './add-ons.ts';
import { ago, event, factsOf } from './infrastructure-scene.ts';

const fact = (objects: readonly object[], options: InventoryOfOptions = {}) => {
  const found = factsOf('Resource', objects, options)[0];
  if (found === undefined) throw new Error('there is no fact');
  return { ...found, doc: found.doc as ResourceDoc, said: found.texts.map(({ reason, text, stale }) => `${reason}: ${text}${stale ? ' (stale)' : ''}`) };
};

const route = (parents: readonly object[], spec: object = {}) =>
  addOn('HTTPRoute', 'web', {
    spec: { parentRefs: [{ name: 'public' }], rules: [{ backendRefs: [{ name: 'frontend', port: 80 }] }], ...spec },
    status: { parents },
  });
const parent = (...conditions: readonly object[]) => ({ parentRef: { name: 'public', sectionName: 'https' }, conditions });
const gateway = (status: object = {}) =>
  addOn('Gateway', 'public', {
    spec: { gatewayClassName: 'any', listeners: [{ name: 'https', hostname: 'shop.example', tls: { certificateRefs: [{ name: 'shop-tls' }] } }] },
    status,
  });
const service = { kind: 'Service', metadata: { namespace: 'shop', name: 'frontend' }, spec: {} };

describe('a route', () => {
  test('tells what each parent says against it, with its place', () => {
    const accepted = condition('Accepted', 'True', 'Accepted');
    const missing = condition('ResolvedRefs', 'False', 'BackendNotFound', 'no such Service');
    const { doc, said, texts } = fact([route([parent(accepted, missing)]), gateway(), service]);
    expect(said).toEqual(['BackendNotFound: Gateway public, listener https: no such Service']);
    expect(texts[0]?.evidence).toMatchObject({
      field_path: 'status.parents[0].conditions[type=ResolvedRefs]',
      excerpt: 'ResolvedRefs=False BackendNotFound: no such Service',
    });
    expect(doc).toMatchObject({ answered: true, ready: 'True', not_ready_s: null, hosts: 'any host', missing: [] });
  });

  test('of two parents, one that refuses it decides', () => {
    const doc = fact([route([parent(condition('Accepted', 'True', 'Accepted')), parent(condition('Accepted', 'False', 'NotAllowedByListeners'))])]).doc;
    expect(doc).toMatchObject({ ready: 'False', not_ready_s: 3600 });
  });

  test('what was said of a former spec is stale', () => {
    const old = condition('Accepted', 'False', 'NoMatchingParent', '', { observedGeneration: 1 });
    expect(fact([route([parent(old)])]).said).toEqual(['NoMatchingParent: Gateway public, listener https: NoMatchingParent (stale)']);
  });

  test('names what certainly does not exist, and nothing that could not be read', () => {
    expect(fact([route([])]).doc).toMatchObject({ answered: false, missing: ['Gateway shop/public', 'Service shop/frontend'] });
    expect(fact([route([])], { notCollected: ['Gateway', 'Service'] }).doc.missing).toEqual([]);
    expect(fact([route([]), gateway(), service]).doc.missing).toEqual([]);
    const others = { parentRefs: [{ kind: 'Service', name: 'mesh' }], rules: [{ backendRefs: [{ group: 'storage.example', kind: 'Bucket', name: 'b' }] }] };
    expect(fact([route([], others)]).doc.missing).toEqual([]);
  });
});

describe('a Gateway', () => {
  test('whose conditions the API server wrote was not answered yet', () => {
    const pending = { conditions: [condition('Accepted', 'Unknown', 'Pending', 'Waiting for controller'), condition('Programmed', 'Unknown', 'Pending')] };
    expect(fact([gateway(pending)]).doc).toMatchObject({ answered: false, ready: 'Unknown', class: 'any', hosts: 'shop.example' });
  });

  test('tells of its listeners, and which Secrets they take', () => {
    const listener = {
      name: 'https',
      conditions: [condition('ResolvedRefs', 'False', 'InvalidCertificateRef', 'not found'), condition('Conflicted', 'True', 'HostnameConflict')],
    };
    const { said, groups, doc } = fact([gateway({ conditions: [condition('Programmed', 'True', 'Programmed')], listeners: [listener] })]);
    expect(said).toEqual(['InvalidCertificateRef: listener https: not found', 'HostnameConflict: listener https: HostnameConflict']);
    expect(groups?.['secrets']).toEqual([{ kind: 'Secret', namespace: 'shop', name: 'shop-tls' }]);
    expect(doc).toMatchObject({ answered: true, ready: 'True', missing: ['Secret shop/shop-tls'] });
  });
});

describe('a certificate', () => {
  const ingress = { kind: 'Ingress', metadata: { namespace: 'shop', name: 'web' }, spec: { tls: [{ secretName: 'shop-tls' }] } };

  test('knows its Secret, who uses it, its issuer, and since when it is not ready', () => {
    const { doc, relations, since } = fact([certificate(unissued), ingress], { notCollected: ['ClusterIssuer'] });
    expect(doc).toMatchObject({
      ready: 'False',
      not_ready_s: 1200,
      secret: 'shop-tls',
      users: 'Ingress shop/web',
      issuer: 'ClusterIssuer acme',
      missing: [],
      expires_in_s: null,
      hosts: 'shop.example, *.shop.example',
    });
    expect(relations['issuer']).toEqual({ kind: 'ClusterIssuer', name: 'acme' });
    expect(since).toBe(ago(1200));
    expect(fact([certificate(unissued)]).doc).toMatchObject({ missing: ['ClusterIssuer acme'], users: 'nothing that was read' });
  });

  test('an issuer of another group is not looked for', () => {
    const foreign = addOn('Certificate', 'shop', {
      spec: { secretName: 'shop-tls', commonName: 'shop.example', issuerRef: { ...issuerRef, group: 'aws.example' } },
    });
    expect(fact([foreign]).doc).toMatchObject({ issuer: null, missing: [], answered: false, ready: null, not_ready_s: 3600, hosts: 'shop.example' });
  });

  test('that is being issued is in no trouble by that; a failed attempt is', () => {
    expect(fact([certificate(condition('Issuing', 'True', 'DoesNotExist', 'x'), condition('Issuing', 'False', 'Issued', 'x'))]).said).toEqual([]);
    expect(fact([certificate(condition('Issuing', 'False', 'Failed', 'refused'))]).said).toEqual(['Failed: refused']);
  });

  test('tells of the open challenges for its names', () => {
    const challenge = (name: string, dnsName: string, state: string) =>
      addOn('Challenge', name, { spec: { dnsName, type: 'HTTP-01' }, status: { state, reason: 'wrong status code' } });
    const all = [challenge('a', 'shop.example', 'pending'), challenge('b', 'shop.example', 'valid'), challenge('c', 'other.example', 'invalid')];
    expect(fact([certificate(), ...all]).said).toEqual(['Challenge: the HTTP-01 challenge for shop.example is pending: wrong status code']);
  });

  test('counts the time until it expires', () => {
    const status = { notAfter: ago(-600), conditions: [condition('Ready', 'True', 'Ready')] };
    expect(fact([addOn('Certificate', 'shop', { spec: { secretName: 'x' }, status })]).doc).toMatchObject({
      expires_in_s: 600,
      ready: 'True',
      not_ready_s: null,
    });
  });
});

describe('what makes Secrets', () => {
  test('an ExternalSecret names it, or gives it its own name', () => {
    expect(fact([externalSecret('x')]).doc).toMatchObject({ secret: 'db-credentials', ready: 'False' });
    expect(fact([addOn('ExternalSecret', 'db')]).doc.secret).toBe('db');
    expect(fact([addOn('SealedSecret', 'sealed')]).doc.secret).toBe('sealed');
  });

  test('events from before it was in step are stale', () => {
    const synced = addOn('ExternalSecret', 'db', { status: { conditions: [condition('Ready', 'True', 'SecretSynced')] } });
    const failed = event(synced as Parameters<typeof event>[0], 'UpdateFailed', 'timeout', { lastTimestamp: ago(3000) });
    expect(fact([synced, failed]).said).toEqual(['UpdateFailed: timeout (stale)']);
  });
});

test('a snapshot is ready by its own field, and its driver says why not', () => {
  const snapshot = (status: object) => addOn('VolumeSnapshot', 'nightly', { status });
  expect(fact([snapshot({ readyToUse: false, error: { message: 'rpc error', time: ago(60) } })])).toMatchObject({
    doc: { ready: 'False' },
    said: ['SnapshotError: rpc error'],
  });
  expect(fact([snapshot({ readyToUse: true, error: { message: 'rpc error' } })])).toMatchObject({
    doc: { ready: 'True' },
    said: ['SnapshotError: rpc error (stale)'],
  });
  expect(fact([addOn('VolumeSnapshot', 'nightly')]).doc).toMatchObject({ ready: null, answered: false, not_ready_s: 3600 });
});

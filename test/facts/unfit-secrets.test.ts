import { describe, expect, test } from 'vitest';
import { findingsOf, mechanisms } from './network-scene.ts';
import { causes, event, owners, pod } from './workload-scene.ts';

const secret = (name: string, fields: object) => ({ kind: 'Secret', metadata: { namespace: 'shop', name }, ...fields });

describe('an Ingress', () => {
  const ingress = {
    kind: 'Ingress',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { tls: [{ secretName: 'shop-tls', hosts: ['shop.example', 'a.shop.example'] }] },
  };
  const whole = { type: 'kubernetes.io/tls', data: { 'tls.crt': '', 'tls.key': '' } };
  const certificate = { entry: 'tls.crt', not_after: '2030-01-01T00:00:00.000Z', hosts: ['shop.example', '*.shop.example'], fits_key: true };
  const shown = (changed: object) => secret('shop-tls', { ...whole, told: { certificates: [{ ...certificate, ...changed }], registries: null } });
  const said = (object: object): string[] => mechanisms([ingress, object]).filter((text) => text.includes('shop-tls'));

  test('whose TLS Secret serves its hosts is quiet, and so is one of which nothing but the name was read', () => {
    expect(said(shown({}))).toEqual([]);
    expect(said(secret('shop-tls', {}))).toEqual([]);
    expect(said(secret('shop-tls', whole))).toEqual([]);
  });

  test.each<[string, object, string]>([
    ['of another sort', secret('shop-tls', { type: 'Opaque', data: { cert: '' } }), 'is of type Opaque and has no key tls.crt and no key tls.key'],
    ['without a key', secret('shop-tls', { ...whole, data: { 'tls.crt': '' } }), 'is of type kubernetes.io/tls and has no key tls.key'],
    ['with no certificate in it', shown({ not_after: null }), 'holds under tls.crt what is no certificate'],
    ['that expired', shown({ not_after: '2025-12-31T00:00:00.000Z' }), 'holds a certificate that expired at 2025-12-31T00:00:00.000Z'],
    ['with the key of another', shown({ fits_key: false }), 'holds a private key that is not the one of its certificate'],
    ['for another host', shown({ hosts: ['old.example'] }), 'holds a certificate for old.example, and none for shop.example, a.shop.example'],
    ['for one of its hosts', shown({ hosts: ['shop.example'] }), 'holds a certificate for shop.example, and none for a.shop.example'],
  ])('tells of a TLS Secret %s', (_what, object, why) => {
    expect(said(object)).toEqual([expect.stringContaining(`takes its certificate from Secret shop-tls, which ${why}`)]);
    expect(findingsOf([ingress, object]).filter(({ effect }) => effect === 'certificate-invalid')).toHaveLength(1);
  });
});

describe('an image that is not pulled', () => {
  const spec = { imagePullSecrets: [{ name: 'login' }] };
  const waiting = pod({ spec, container: { image: 'registry.example.com/team/app:1' }, status: { state: { waiting: { reason: 'ImagePullBackOff' } } } });
  const denied = event('Failed', 'Failed to pull image "registry.example.com/team/app:1": failed to authorize: 401 Unauthorized');
  const named = (login: object): string[] => causes([...owners(), waiting, denied, login]);
  const logins = (registries: readonly string[] | null) =>
    secret('login', { type: 'kubernetes.io/dockerconfigjson', data: { '.dockerconfigjson': '' }, told: { certificates: [], registries } });

  test('for a login to another registry is told from one that is refused', () => {
    expect(named(logins(['quay.io']))).toEqual(['image-pull-secret-unfit on Deployment shop/checkout']);
    expect(named(logins([]))).toEqual(['image-pull-secret-unfit on Deployment shop/checkout']);
    expect(named(secret('login', { type: 'Opaque', data: { password: '' } }))).toEqual(['image-pull-secret-unfit on Deployment shop/checkout']);
    expect(named(logins(['registry.example.com']))).toEqual(['image-pull-credentials-rejected on Deployment shop/checkout']);
    expect(named(logins(['*.example.com']))).toEqual(['image-pull-credentials-rejected on Deployment shop/checkout']);
    expect(named(secret('login', {}))).toEqual(['image-pull-credentials-rejected on Deployment shop/checkout']);
  });
});

describe('a container that wants a key of a Secret', () => {
  const env = [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } }];
  const state = { waiting: { reason: 'CreateContainerConfigError', message: 'not told' } };
  const named = (db: object): string[] => causes([...owners(), pod({ container: { env }, status: { state } }), db]);

  test('that is not among its keys is told so; where the keys were not read it is not', () => {
    expect(named(secret('db', { type: 'Opaque', data: { passwort: '' } }))).toEqual(['config-key-not-found on Deployment shop/checkout']);
    expect(named(secret('db', {}))).not.toContain('config-key-not-found on Deployment shop/checkout');
    expect(named(secret('db', { type: 'Opaque', data: { password: '' } }))).not.toContain('config-key-not-found on Deployment shop/checkout');
  });
});

import { ago } from './infrastructure-scene.ts';

interface Fields {
  readonly spec?: object;
  readonly status?: object;
  readonly metadata?: object;
  readonly namespace?: string | null;
}

/** A resource of an add-on in namespace shop, an hour old. */
export function addOn(kind: string, name: string, { namespace = 'shop', metadata, ...fields }: Fields = {}) {
  return {
    kind,
    metadata: { ...(namespace === null ? {} : { namespace }), name, uid: `uid-${kind}-${name}`, generation: 2, creationTimestamp: ago(3600), ...metadata },
    ...fields,
  };
}

export function condition(type: string, status: string, reason: string, message = '', more: object = {}) {
  return { type, status, reason, message, lastTransitionTime: ago(1200), ...more };
}

export const issuerRef = { kind: 'ClusterIssuer', name: 'acme' };

/** A certificate for shop.example in Secret shop-tls that was never issued. */
export function certificate(...conditions: readonly object[]) {
  return addOn('Certificate', 'shop', { spec: { secretName: 'shop-tls', dnsNames: ['shop.example', '*.shop.example'], issuerRef }, status: { conditions } });
}

export const unissued = condition('Ready', 'False', 'DoesNotExist', 'Issuing certificate as Secret does not exist');

export function externalSecret(message: string) {
  const status = { refreshTime: null, conditions: [condition('Ready', 'False', 'SecretSyncedError', message)] };
  return addOn('ExternalSecret', 'db', { spec: { target: { name: 'db-credentials' } }, status });
}

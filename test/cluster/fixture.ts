import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';

export interface FixtureLog {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly text: string;
}

/** One cluster, which every reader is told in its own way: by an API server, by files of a dump, by an agent. */
export interface ClusterFixture {
  readonly objects: readonly (KubeObject & { readonly [field: string]: unknown })[];
  readonly logs: readonly FixtureLog[];
  /** Lists that the user may not ask for: a 403, or an error file of a support bundle. */
  readonly forbidden: readonly { readonly kind: Kind; readonly namespace?: string }[];
  /** Kinds that could not be read: a server error, or no file in the dump. */
  readonly notCollected: readonly Kind[];
  /** An entry without a name stands among the items of this list. */
  readonly nameless: { readonly kind: Kind; readonly namespace: string };
}

/** Stands for every value of a Secret; it may turn up nowhere. */
export const SECRET_VALUE = 'c2VjcmV0LXZhbHVlLW9mLXNob3A=';

const at = '2026-03-01T10:00:00Z';
const meta = (name: string, namespace?: string, labels?: Record<string, string>) => ({
  name,
  ...(namespace === undefined ? {} : { namespace }),
  ...(labels === undefined ? {} : { labels }),
  creationTimestamp: at,
});
const pod = (name: string, namespace: string, app: string, phase: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta(name, namespace, { app }),
  spec: { containers: [{ name: 'app', image: `${app}:1` }] },
  status: {
    phase,
    containerStatuses: [{ name: 'app', ready: phase === 'Running', restartCount: name === 'checkout-1' ? 1 : 0, state: { running: { startedAt: at } } }],
  },
});

/** What an image pull or a list of a hundred lines would show: numbered, so that a test sees which end was kept. */
const lines = (count: number): string => Array.from({ length: count }, (_, index) => `line ${String(index + 1).padStart(3, '0')}\n`).join('');

export const SHOP: ClusterFixture = {
  objects: [
    { apiVersion: 'v1', kind: 'Namespace', metadata: meta('shop') },
    { apiVersion: 'v1', kind: 'Namespace', metadata: meta('vault') },
    { apiVersion: 'v1', kind: 'Node', metadata: meta('node-1'), status: { conditions: [{ type: 'Ready', status: 'True' }] } },
    pod('checkout-1', 'shop', 'checkout', 'Running'),
    pod('checkout-2', 'shop', 'checkout', 'Pending'),
    pod('catalog-1', 'shop', 'catalog', 'Running'),
    pod('keeper-1', 'vault', 'keeper', 'Running'),
    { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta('checkout', 'shop', { app: 'checkout' }), spec: { replicas: 2 }, status: { replicas: 2 } },
    { apiVersion: 'v1', kind: 'Service', metadata: meta('checkout', 'shop'), spec: { selector: { app: 'checkout' } } },
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta('settings', 'shop'), data: { mode: 'fast' } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        ...meta('checkout-db', 'shop'),
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"kind":"Secret","data":{"password":"${SECRET_VALUE}"}}`, team: 'payments' },
      },
      type: 'Opaque',
      data: { password: SECRET_VALUE },
    },
  ],
  logs: [
    { namespace: 'shop', pod: 'checkout-1', container: 'app', previous: false, text: lines(100) },
    { namespace: 'shop', pod: 'checkout-1', container: 'app', previous: true, text: 'fatal: out of stock\n' },
    { namespace: 'shop', pod: 'catalog-1', container: 'app', previous: false, text: 'ready\n' },
  ],
  forbidden: [{ kind: 'ConfigMap', namespace: 'vault' }],
  notCollected: ['VolumeAttachment'],
  nameless: { kind: 'Service', namespace: 'shop' },
};

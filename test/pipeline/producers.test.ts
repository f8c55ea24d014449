import { expect, test } from 'vitest';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { addOn, certificate, condition, externalSecret, unissued } from '../facts/add-ons.ts';
import { event, owners, pod } from '../facts/workload-scene.ts';
import { affectedBy, chainIn, reportOf, rootsIn } from './incident-scene.ts';

/** The API server registers one for each group and version of custom resources. */
const served = ['cert-manager.io', 'external-secrets.io', 'gateway.networking.k8s.io'].map((group) => ({
  kind: 'APIService',
  metadata: { name: `v1.${group}` },
  spec: { group, version: 'v1' },
  status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] },
}));

const noSecrets: readonly Kind[] = ['Secret'];
const reported = (objects: readonly object[], unreadable: readonly Kind[] = []) => reportOf([...served, ...objects], { unreadable });
const rootsOf = async (objects: readonly object[], unreadable: readonly Kind[] = []) => rootsIn(await reported(objects, unreadable));

const message = 'secret "db-credentials" not found';
const starved = [
  ...owners({ template: { spec: { containers: [{ name: 'app', envFrom: [{ secretRef: { name: 'db-credentials' } }] }] } }, status: { readyReplicas: 0 } }),
  pod({
    container: { envFrom: [{ secretRef: { name: 'db-credentials' } }] },
    podStatus: { phase: 'Pending' },
    status: { state: { waiting: { reason: 'CreateContainerConfigError', message } } },
  }),
];
test('a workload that misses a Secret is to blame, unless what should make the Secret failed', async () => {
  expect(await rootsOf(starved, noSecrets)).toEqual(['secret-not-found on Deployment shop/checkout']);
  const report = await reported([...starved, externalSecret('could not get secret data from provider')], noSecrets);
  expect(rootsIn(report)).toEqual(['external-secret-not-synced on ExternalSecret shop/db']);
  expect(chainIn(report)).toEqual(['ExternalSecret shop/db > Secret shop/db-credentials', 'Secret shop/db-credentials > Deployment shop/checkout']);
});

test('an ExternalSecret that is in step, or that makes another Secret, explains nothing', async () => {
  const other = addOn('ExternalSecret', 'other', { status: { conditions: [condition('Ready', 'False', 'SecretSyncedError', 'x')] } });
  expect(new Set(await rootsOf([...starved, other], noSecrets))).toEqual(
    new Set(['secret-not-found on Deployment shop/checkout', 'external-secret-not-synced on ExternalSecret shop/other']),
  );
  const synced = addOn('ExternalSecret', 'db', {
    spec: { target: { name: 'db-credentials' } },
    status: { conditions: [condition('Ready', 'True', 'SecretSynced')] },
  });
  expect(await rootsOf([...starved, synced], noSecrets)).toEqual(['secret-not-found on Deployment shop/checkout']);
});

test('a failing producer does not explain what has another proof', async () => {
  const rooted = [
    ...owners({ template: { spec: { containers: [{ name: 'app', envFrom: [{ secretRef: { name: 'db-credentials' } }] }] } } }),
    pod({
      container: { envFrom: [{ secretRef: { name: 'db-credentials' } }] },
      status: {
        state: {
          waiting: { reason: 'CreateContainerConfigError', message: 'container has runAsNonRoot and image will run as root (pod: "x", container: app)' },
        },
      },
    }),
  ];
  expect(new Set(await rootsOf([...rooted, externalSecret('x')], noSecrets))).toEqual(
    new Set(['run-as-non-root-conflict on Deployment shop/checkout', 'external-secret-not-synced on ExternalSecret shop/db']),
  );
});

test('an issuer that is not ready stands above its certificates, their Gateways and the pods that mount them', async () => {
  const issuer = addOn('ClusterIssuer', 'acme', { namespace: null, status: { conditions: [condition('Ready', 'False', 'ErrRegisterACMEAccount', '403')] } });
  const listener = { name: 'https', conditions: [condition('ResolvedRefs', 'False', 'InvalidCertificateRef', 'not found')] };
  const gateway = addOn('Gateway', 'public', {
    spec: { listeners: [{ name: 'https', tls: { certificateRefs: [{ name: 'shop-tls' }] } }] },
    status: { listeners: [listener], conditions: [condition('Programmed', 'False', 'Invalid')] },
  });
  const volumes = [{ name: 'tls', secret: { secretName: 'shop-tls' } }];
  const mounting = [
    ...owners({ template: { spec: { containers: [{ name: 'app' }], volumes } }, status: { readyReplicas: 0 } }),
    pod({ spec: { volumes }, podStatus: { phase: 'Pending' }, status: { state: { waiting: { reason: 'ContainerCreating' } } } }),
    event('FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "shop-tls" not found'),
  ];
  const report = await reported([issuer, certificate(unissued), gateway, ...mounting], noSecrets);
  expect(rootsIn(report)).toEqual(['certificate-issuer-not-ready on ClusterIssuer acme']);
  expect(affectedBy(report)).toEqual(expect.arrayContaining(['Certificate shop/shop', 'Gateway shop/public', 'Deployment shop/checkout']));
});

import { expect, test } from 'vitest';
import type { RootCause } from '../../src/domain/cause.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { refLabel } from '../../src/domain/object-ref.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { readRuleFiles } from '../../src/rules/rule-files.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { addOn, certificate, condition, externalSecret, unissued } from '../facts/add-ons.ts';
import { event, owners, pod } from '../facts/workload-scene.ts';
import { dependencies, memoryReader } from './memory-reader.ts';

const rules = compileRules(loadRules(await readRuleFiles('rules')).rules.map(({ rule }) => rule));
/** The API server registers one for each group and version of custom resources. */
const served = ['cert-manager.io', 'external-secrets.io', 'gateway.networking.k8s.io'].map((group) => ({
  kind: 'APIService',
  metadata: { name: `v1.${group}` },
  spec: { group, version: 'v1' },
  status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] },
}));

async function rootsOf(objects: readonly object[], unreadable: readonly Kind[] = []): Promise<readonly RootCause[]> {
  const all = [{ kind: 'Namespace', metadata: { name: 'shop' } }, ...served, ...objects] as KubeObject[];
  const { list } = memoryReader(all);
  const reader = memoryReader(all, {
    asOf: '2026-01-01T12:00:00Z',
    list: (kind, options, signal) =>
      unreadable.includes(kind) ? Promise.resolve({ status: 'forbidden', needs: `list ${kind}` }) : list(kind, options, signal),
  });
  const request = { incidentId: 'inc-1', description: 'what is wrong', namespace: 'shop' };
  for await (const told of investigate(request, { ...dependencies(reader), rules }, new AbortController().signal)) {
    if (told.type === 'report-completed') return told.report.root_causes;
  }
  throw new Error('there is no report');
}

const says = ({ cause_id, object }: RootCause): string => `${cause_id} on ${refLabel(object)}`;
const chainOf = (root: RootCause | undefined): string[] => (root?.chain ?? []).map(({ from, to }) => `${refLabel(from)} > ${refLabel(to)}`);

const message = 'secret "db-credentials" not found';
const starved = [
  ...owners({ template: { spec: { containers: [{ name: 'app', envFrom: [{ secretRef: { name: 'db-credentials' } }] }] } }, status: { readyReplicas: 0 } }),
  pod({
    container: { envFrom: [{ secretRef: { name: 'db-credentials' } }] },
    podStatus: { phase: 'Pending' },
    status: { state: { waiting: { reason: 'CreateContainerConfigError', message } } },
  }),
];
const noSecrets: readonly Kind[] = ['Secret'];

test('a workload that misses a Secret is to blame, unless what should make the Secret failed', async () => {
  expect((await rootsOf(starved, noSecrets)).map(says)).toEqual(['secret-not-found on Deployment shop/checkout']);
  const [root, ...others] = await rootsOf([...starved, externalSecret('could not get secret data from provider')], noSecrets);
  expect(others).toEqual([]);
  expect(says(root as RootCause)).toBe('external-secret-not-synced on ExternalSecret shop/db');
  expect(chainOf(root)).toEqual(['ExternalSecret shop/db > Secret shop/db-credentials', 'Secret shop/db-credentials > Deployment shop/checkout']);
});

test('an ExternalSecret that is in step, or that makes another Secret, explains nothing', async () => {
  const other = addOn('ExternalSecret', 'other', { status: { conditions: [condition('Ready', 'False', 'SecretSyncedError', 'x')] } });
  expect(new Set((await rootsOf([...starved, other], noSecrets)).map(says))).toEqual(
    new Set(['secret-not-found on Deployment shop/checkout', 'external-secret-not-synced on ExternalSecret shop/other']),
  );
  const synced = addOn('ExternalSecret', 'db', {
    spec: { target: { name: 'db-credentials' } },
    status: { conditions: [condition('Ready', 'True', 'SecretSynced')] },
  });
  expect((await rootsOf([...starved, synced], noSecrets)).map(says)).toEqual(['secret-not-found on Deployment shop/checkout']);
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
  expect(new Set((await rootsOf([...rooted, externalSecret('x')], noSecrets)).map(says))).toEqual(
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
  const roots = await rootsOf([issuer, certificate(unissued), gateway, ...mounting], noSecrets);
  expect(roots.map(says)).toEqual(['certificate-issuer-not-ready on ClusterIssuer acme']);
  expect(roots[0]?.affected.map(refLabel)).toEqual(expect.arrayContaining(['Certificate shop/shop', 'Gateway shop/public', 'Deployment shop/checkout']));
});

import { expect, test } from 'vitest';
import { addOn, certificate, condition, unissued } from '../facts/add-ons.ts';
import { ago } from '../facts/infrastructure-scene.ts';
import { backOff, owners, pod, terminated } from '../facts/workload-scene.ts';
import { affectedBy, chainIn, reportOf, rootsIn } from './incident-scene.ts';

const served = (group: string, version: string) => ({
  kind: 'APIService',
  metadata: { name: `${version}.${group}` },
  spec: { group, version },
  status: { conditions: [{ type: 'Available', status: 'True', reason: 'Local' }] },
});

const config = { envFrom: [{ configMapRef: { name: 'settings' } }] };
const starved = [
  ...owners({ template: { containers: [{ name: 'app', ...config }] }, status: { readyReplicas: 0 } }),
  pod({
    container: config,
    podStatus: { phase: 'Pending' },
    status: { state: { waiting: { reason: 'CreateContainerConfigError', message: 'configmap "settings" not found' } } },
  }),
];

test('a ConfigMap that a failed sync was to make is missing because of the sync', async () => {
  const application = addOn('Application', 'shop', {
    namespace: 'delivery',
    status: {
      operationState: { phase: 'Failed', message: 'ConfigMap "settings" is invalid', finishedAt: ago(900) },
      resources: [{ kind: 'ConfigMap', namespace: 'shop', name: 'settings' }],
    },
  });
  const report = await reportOf([...starved, application, served('argoproj.io', 'v1alpha1')]);
  expect(rootsIn(report)).toEqual(['delivery-failed on Application delivery/shop']);
  expect(chainIn(report)).toEqual(['Application delivery/shop > ConfigMap shop/settings', 'ConfigMap shop/settings > Deployment shop/checkout']);
  const synced = { ...application, status: { ...application.status, operationState: { phase: 'Succeeded' } } };
  expect(rootsIn(await reportOf([...starved, synced, served('argoproj.io', 'v1alpha1')]))).toEqual(['config-map-not-found on Deployment shop/checkout']);
});

test('what nobody acts on hangs below the fault of the operator that should', async () => {
  const image = 'quay.io/jetstack/cert-manager-controller:v1.19.0';
  const operator = [
    ...owners({
      template: { containers: [{ name: 'app', image }] },
      status: { readyReplicas: 0, conditions: [condition('Available', 'False', 'MinimumReplicasUnavailable')] },
    }),
    pod({
      container: { image, resources: { limits: { memory: '64Mi' } } },
      podStatus: { startTime: ago(3600) },
      status: { restartCount: 4, state: backOff, lastState: terminated('OOMKilled', 137) },
    }),
  ];
  const issuer = addOn('ClusterIssuer', 'acme', { namespace: null, status: { conditions: [condition('Ready', 'True', 'ACMEAccountRegistered')] } });
  const waiting = { ...certificate(unissued), status: { observedGeneration: 1, conditions: [unissued] } };
  const report = await reportOf([...operator, issuer, waiting, served('cert-manager.io', 'v1')]);
  expect(rootsIn(report)).toEqual(['container-memory-limit-exceeded on Deployment shop/checkout']);
  expect(affectedBy(report)).toContain('Certificate shop/shop');
});

test('a hook that fails is why its Helm release does not go on, and has a reason of its own', async () => {
  const job = {
    kind: 'Job',
    metadata: { namespace: 'shop', name: 'shop-migrate', uid: 'j', creationTimestamp: ago(900), annotations: { 'helm.sh/hook': 'pre-upgrade' } },
    spec: { backoffLimit: 0, template: { spec: { containers: [{ name: 'app' }] } } },
    status: { failed: 1, conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: ago(600) }] },
  };
  const failed = pod({
    name: 'shop-migrate-x2v8k',
    metadata: { ownerReferences: [{ kind: 'Job', name: 'shop-migrate', controller: true }] },
    spec: { restartPolicy: 'Never' },
    podStatus: { phase: 'Failed' },
    status: { state: terminated('Error', 1, { age: 600 }) },
  });
  const logs = { 'shop-migrate-x2v8k': 'Dirty database version 7. Fix and force version.\n' };
  const report = await reportOf([job, failed], { logs });
  expect(rootsIn(report)).toEqual(['database-migration-failed on Job shop/shop-migrate']);
});

test('a canary that its analysis took back is told as such', async () => {
  const rollout = addOn('Rollout', 'web', {
    status: { phase: 'Degraded', abort: true, message: 'RolloutAborted: Rollout aborted update to revision 3: Metric "error-rate" assessed Failed' },
  });
  expect(rootsIn(await reportOf([rollout, served('argoproj.io', 'v1alpha1')]))).toEqual(['canary-aborted on Rollout shop/web']);
  const healthy = addOn('Rollout', 'web', { status: { phase: 'Healthy' } });
  expect(rootsIn(await reportOf([healthy, served('argoproj.io', 'v1alpha1')]))).toEqual([]);
});

test('a subscription that cannot be resolved is why there is no operator', async () => {
  const subscription = addOn('Subscription', 'queue-operator', {
    namespace: 'operators',
    status: { conditions: [condition('ResolutionFailed', 'True', 'ConstraintsNotSatisfiable', 'no operators found')] },
  });
  const report = await reportOf([subscription, served('operators.coreos.com', 'v1alpha1')], { namespace: undefined });
  expect(rootsIn(report)).toEqual(['operator-not-installed on Subscription operators/queue-operator']);
});

import { describe, expect, test } from 'vitest';
import type { WorkloadDoc } from '../../src/domain/facts/workload.ts';
import { factsOf } from './infrastructure-scene.ts';
import { ago, causes, event, findings, owners, pod, running, terminated, workloadDoc } from './workload-scene.ts';

const checkout = 'Deployment shop/checkout';
const refusal = (age = 10) =>
  event(
    'FailedCreate',
    'Error creating: pods "checkout-6d4cf56db6-" is forbidden: error looking up service account shop/payments: serviceaccount "payments" not found',
    {
      age,
      count: 15,
      about: { kind: 'ReplicaSet', name: 'checkout-6d4cf56db6', uid: 'uid-rs' },
    },
  );

/** The Deployment, its set with no pods, and what the template says. */
function without(template: Readonly<Record<string, unknown>> = {}): object[] {
  const [deployment, set] = owners({ template, status: { replicas: 0, readyReplicas: 0, updatedReplicas: 0 } });
  return [deployment as object, { ...set, status: { replicas: 0 } }];
}

describe('pods that cannot be created', () => {
  test('a ServiceAccount that does not exist', () => {
    expect(causes([...without({ serviceAccountName: 'payments' }), refusal()])).toEqual([`service-account-not-found on ${checkout}`]);
  });

  test('the burst at deployment time has healed when the set has its pods', () => {
    expect(
      findings([...owners({ template: { serviceAccountName: 'payments' } }), pod({ ready: true, status: { state: running(300) } }), refusal(900)]),
    ).toEqual([]);
  });

  test('what exists by now does not count as missing', () => {
    const account = { kind: 'ServiceAccount', metadata: { namespace: 'shop', name: 'payments' } };
    expect(causes([...without({ serviceAccountName: 'payments' }), account, refusal()])).toEqual([]);
  });
});

describe('a workload without enough ready pods', () => {
  test('is a symptom when nothing says why', () => {
    expect(findings([...owners({ status: { readyReplicas: 0 } })])).toEqual([`(workload-unavailable on ${checkout})`]);
  });

  test('is quiet while it is rolled out', () => {
    const progressing = { type: 'Progressing', status: 'True', reason: 'ReplicaSetUpdated', lastUpdateTime: ago(20) };
    expect(findings([...owners({ status: { readyReplicas: 0, conditions: [progressing] } })])).toEqual([]);
  });

  test('is quiet when it is scaled to zero', () => {
    expect(findings([...owners({ spec: { replicas: 0 }, status: { replicas: 0, readyReplicas: 0 } })])).toEqual([]);
  });

  test('says so when its deadline is over', () => {
    const stuck = { type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded', message: 'has timed out progressing' };
    expect(findings([...owners({ status: { readyReplicas: 0, conditions: [stuck] } })])).toEqual([`(rollout-stuck on ${checkout})`]);
  });
});

test('a paused rollout, of which no pod has the newest revision yet', () => {
  const status = { updatedReplicas: undefined };
  expect(causes([...owners({ spec: { paused: true }, status })])).toEqual([`rollout-paused on ${checkout}`]);
  expect(findings([...owners({ spec: { paused: true } })])).toEqual([]);
});

describe('a controller that does not look', () => {
  const spec = (age: number) => ({ metadata: { generation: 2, managedFields: [{ time: ago(age) }, { time: ago(1), subresource: 'status' }] } });

  test('five minutes after the spec was written', () => {
    expect(causes([...owners(spec(300))])).toEqual(['controller-not-reconciling on ControlPlane kube-controller-manager']);
  });

  test('a second after it was written', () => {
    expect(causes([...owners(spec(1))])).toEqual([]);
  });
});

describe('jobs', () => {
  const job = (status: object, metadata: object = {}, spec: object = {}) => ({
    kind: 'Job',
    metadata: { namespace: 'shop', name: 'report', creationTimestamp: ago(900), ...metadata },
    spec: { backoffLimit: 1, ...spec },
    status,
  });
  const failed = { failed: 2, conditions: [{ type: 'Failed', status: 'True', reason: 'BackoffLimitExceeded', lastTransitionTime: ago(60) }] };
  const failedPod = (code = 3) =>
    pod({
      name: 'report-x',
      metadata: { ownerReferences: [{ kind: 'Job', name: 'report', controller: true }] },
      spec: { restartPolicy: 'Never' },
      podStatus: { phase: 'Failed' },
      status: { state: terminated('Error', code) },
    });

  test('a failed one is a symptom, its pod tells why', () => {
    expect(findings([job(failed), failedPod(126)])).toEqual(['container-command-not-executable on Job shop/report', '(job-failed on Job shop/report)']);
  });

  test('pods that failed before the Job succeeded are history', () => {
    const complete = { succeeded: 1, failed: 1, conditions: [{ type: 'Complete', status: 'True' }] };
    expect(findings([job(complete), failedPod(126)])).toEqual([]);
  });

  test('a failed run is history once a later run of the CronJob has succeeded', () => {
    const cron = (success: number) => ({
      kind: 'CronJob',
      metadata: { namespace: 'shop', name: 'nightly' },
      spec: { schedule: '0 3 * * *' },
      status: { lastSuccessfulTime: ago(success) },
    });
    const run = job(failed, { ownerReferences: [{ kind: 'CronJob', name: 'nightly', controller: true }] });
    expect(findings([cron(100), run, failedPod(126)])).toEqual([]);
    expect(causes([cron(9000), run, failedPod(126)])).toEqual(['container-command-not-executable on CronJob shop/nightly']);
  });

  test('a sidecar keeps it from ending', () => {
    const kept = pod({
      metadata: { ownerReferences: [{ kind: 'Job', name: 'report', controller: true }] },
      spec: { restartPolicy: 'Never', containers: [{ name: 'app' }, { name: 'proxy' }] },
      podStatus: {
        containerStatuses: [
          { name: 'app', state: terminated('Completed', 0) },
          { name: 'proxy', ready: true, state: running(900) },
        ],
      },
    });
    expect(causes([job({ active: 1 }), kept])).toEqual(['job-kept-alive-by-sidecar on Job shop/report']);
  });

  test('a finished one is quiet', () => {
    const done = pod({
      metadata: { ownerReferences: [{ kind: 'Job', name: 'report', controller: true }] },
      spec: { restartPolicy: 'Never' },
      podStatus: { phase: 'Succeeded' },
      status: { state: terminated('Completed', 0) },
    });
    expect(findings([job({ succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] }), done])).toEqual([]);
  });
});

test('the age of the oldest run of a CronJob', () => {
  const cron = {
    kind: 'CronJob',
    metadata: { namespace: 'shop', name: 'sync' },
    spec: { schedule: '*/5 * * * *', concurrencyPolicy: 'Forbid' },
    status: { active: [{}], lastScheduleTime: ago(7200) },
  };
  const job = {
    kind: 'Job',
    metadata: { namespace: 'shop', name: 'sync-1', ownerReferences: [{ kind: 'CronJob', name: 'sync', controller: true }] },
    spec: {},
    status: { active: 1, startTime: ago(7100) },
  };
  const blocked = event('JobAlreadyActive', 'Not starting job because prior execution is running and concurrency policy is Forbid', {
    about: { kind: 'CronJob', name: 'sync', uid: undefined },
  });
  expect(workloadDoc([cron, job])).toMatchObject({ kind: 'Job' });
  const oldest = (status: object) => factsOf('Workload', [cron, { ...job, status }]).map(({ doc }) => (doc as unknown as WorkloadDoc).cron?.oldest_active_s)[1];
  expect(oldest({ active: 1, startTime: ago(7100) })).toBe(7100);
  expect(oldest({ failed: 1, startTime: ago(7100) })).toBe(7100);
  expect(oldest({ failed: 1, startTime: ago(7100), conditions: [{ type: 'Failed', status: 'True' }] })).toBeNull();
  expect(causes([cron, job, blocked])).toEqual(['cron-job-blocked-by-run on CronJob shop/sync']);
});

describe('a StatefulSet', () => {
  const set = (status: object = {}) => ({
    kind: 'StatefulSet',
    metadata: { namespace: 'shop', name: 'db', creationTimestamp: ago(9000) },
    spec: { replicas: 3, selector: { matchLabels: { app: 'db' } } },
    status: { replicas: 1, readyReplicas: 0, currentRevision: 'db-1', updateRevision: 'db-1', ...status },
  });
  const first = (hash: string) =>
    pod({
      name: 'db-0',
      metadata: { labels: { app: 'db', 'controller-revision-hash': hash }, ownerReferences: [{ kind: 'StatefulSet', name: 'db', controller: true }] },
      status: { state: { waiting: { reason: 'CrashLoopBackOff' } } },
    });

  test('waits for the first pod in order', () => {
    expect(workloadDoc([set(), first('db-1')]).stateful).toEqual({ ordered: true, blocked_by: 'db-0', outdated: null, repair: null });
    expect(findings([set(), first('db-1')])).toContain('(stateful-set-blocked-by-pod on StatefulSet shop/db)');
  });

  test('never replaces a broken pod of an older revision', () => {
    expect(causes([set({ updateRevision: 'db-2' }), first('db-1')])).toEqual(['stateful-set-stuck-on-old-revision on StatefulSet shop/db']);
  });

  test('says what was repaired, unless that has nothing to do with the trouble', () => {
    const pulling = {
      ...first('db-1'),
      spec: { containers: [{ name: 'app', image: 'db:1', workingDir: '/a', resources: { limits: { memory: '1Gi' } } }] },
      status: { phase: 'Pending', containerStatuses: [{ name: 'app', state: { waiting: { reason: 'ImagePullBackOff' } } }] },
    };
    const repair = (container: object, pod: object = pulling) => {
      const wanted = set({ updateRevision: 'db-2' });
      return workloadDoc([{ ...wanted, spec: { ...wanted.spec, template: { spec: { containers: [{ name: 'app', ...container }] } } } }, pod]).stateful?.repair;
    };
    expect(repair({ image: 'db:2', workingDir: '/a' })).toBe('containers[name=app].image is db:2 and was db:1');
    expect(repair({ image: 'db:1', workingDir: '/b' })).toBeNull();
    const crashing = { ...pulling, status: { containerStatuses: [{ name: 'app', state: { waiting: { reason: 'CrashLoopBackOff' } } }] } };
    expect(repair({ image: 'db:1', workingDir: '/b' }, crashing)).toBe('containers[name=app].workingDir is /b and was /a');
    expect(repair({ image: 'db:1', workingDir: '/a' }, crashing)).toBeNull();
  });

  test('that keeps no order replaces such a pod', () => {
    const parallel = { ...set({ updateRevision: 'db-2' }), spec: { ...set().spec, podManagementPolicy: 'Parallel' } };
    expect(workloadDoc([parallel, first('db-1')]).stateful?.outdated).toBeNull();
  });
});

test('two workloads with one selector', () => {
  const [deployment] = owners();
  const copy = { ...deployment, metadata: { ...deployment?.metadata, name: 'checkout-new', uid: 'copy' } };
  expect(causes([deployment as object, copy])).toEqual([
    'workload-selectors-overlap on Deployment shop/checkout',
    'workload-selectors-overlap on Deployment shop/checkout-new',
  ]);
  const later = { ...copy, metadata: { ...copy.metadata, creationTimestamp: ago(60) } };
  expect(causes([deployment as object, later])).toEqual(['workload-selectors-overlap on Deployment shop/checkout-new']);
});

test('a set says nothing of when it fell ill; a Deployment without a condition was never well', () => {
  const set = {
    kind: 'StatefulSet',
    metadata: { namespace: 'shop', name: 'db', creationTimestamp: ago(86_400) },
    spec: { replicas: 1 },
    status: { replicas: 1 },
  };
  expect(factsOf('Workload', [set])[0]?.since).toBeNull();
  expect(factsOf('Workload', [{ ...set, kind: 'Deployment' }])[0]?.since).toBe(ago(86_400));
});

describe('a controller that does not look', () => {
  const [deployment] = owners();
  const written = (status: object, age: number) => ({ ...deployment, metadata: { ...deployment?.metadata, creationTimestamp: ago(age) }, status });

  test('has seen nothing of a workload whose status is still empty', () => {
    expect(workloadDoc([written({}, 300)])).toMatchObject({ observed_stale: true, unobserved_s: 300 });
    expect(causes([written({}, 300)])).toEqual(['controller-not-reconciling on ControlPlane kube-controller-manager']);
    expect(causes([{ ...written({ replicas: 0, availableReplicas: 0 }, 300), kind: 'StatefulSet' }])).toContain(
      'controller-not-reconciling on ControlPlane kube-controller-manager',
    );
  });

  test('is given a minute, and nothing is said where a dump lacks the status', () => {
    expect(causes([written({}, 10)])).toEqual([]);
    expect(workloadDoc([{ ...written({}, 300), status: undefined }])).toMatchObject({ observed_stale: false });
  });
});

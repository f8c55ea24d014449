import { describe, expect, test } from 'vitest';
import { ago } from '../facts/infrastructure-scene.ts';
import { claim, crashed, event, ingress, notReady, parts, workload } from './cascade-objects.ts';
import { reportOf, rootsIn } from './incident-scene.ts';

type Fields = Readonly<Record<string, unknown>>;
const of = (object: object, more: Fields): object => ({ ...object, ...more });

describe('Q01 events of type Normal', () => {
  const storageClass = { kind: 'StorageClass', metadata: { name: 'fast' }, provisioner: 'disk.example.com' };
  const waiting = claim('db', 'fast');
  const said = "Waiting for a volume to be created either by the external provisioner 'disk.example.com' or manually by the system administrator";

  test('decide that nobody makes the volume of a claim', async () => {
    const told = await reportOf([storageClass, ...waiting, event(waiting[0] as object, 'ExternalProvisioning', said, 'Normal')]);
    expect(rootsIn(told)).toEqual([expect.stringContaining('provisioner-not-running')]);
    expect(told.evidence.some(({ source, excerpt }) => source === 'event' && excerpt.includes('Waiting for a volume'))).toBe(true);
    expect(rootsIn(await reportOf([storageClass, ...waiting]))).not.toEqual(rootsIn(told));
  });
});

describe('Q02 an event', () => {
  const { deployment, set, pod } = parts('web', notReady);
  const missing = (uid: string, times: Fields) =>
    of(event(pod, 'FailedMount', 'MountVolume.SetUp failed for volume "tls" : secret "web-tls" not found'), {
      involvedObject: { kind: 'Pod', namespace: 'shop', name: pod.metadata.name, uid },
      ...times,
    });
  const starting = of(pod, { status: { phase: 'Pending', startTime: ago(600), conditions: [], containerStatuses: [] } });

  test('of a predecessor of the same name is not told of its successor', async () => {
    const report = await reportOf([deployment, set, starting, missing('of-another', { lastTimestamp: ago(30) })]);
    expect(report.evidence.some(({ source }) => source === 'event')).toBe(false);
  });

  test('has happened last when its series says so, whatever stands beside', async () => {
    const uid = String(pod.metadata.uid);
    const repeated = missing(uid, { lastTimestamp: null, eventTime: ago(5000), series: { count: 40, lastObservedTime: ago(45) } });
    const report = await reportOf([deployment, set, starting, repeated]);
    expect(report.evidence.find(({ source }) => source === 'event')?.observed_at).toBe(ago(45));
  });
});

describe('Q03 without any event', () => {
  test.each([
    ['the last state of the container', crashed('', { reason: 'OOMKilled', exitCode: 137 }, { limits: { memory: '64Mi' } }), 'container-memory-limit-exceeded'],
    [
      'the message of a container that waits',
      {
        ready: false,
        phase: 'Pending',
        config: 'settings',
        state: { waiting: { reason: 'CreateContainerConfigError', message: 'configmap "settings" not found' } },
      },
      'config-map-not-found',
    ],
  ])('%s still tells it', async (_, fields, cause) => {
    const report = await reportOf(workload('web', fields as Parameters<typeof workload>[1]));
    expect(report.root_causes[0]?.cause_id).toBe(cause);
    expect(report.evidence.some(({ source }) => source === 'event')).toBe(false);
  });
});

describe('Q04 logs', () => {
  test('of the run before tell why a container crashed, when the present one says nothing', async () => {
    const logs = { 'web-6d4cf56db6-aaaaa': 'starting\n', 'web-6d4cf56db6-aaaaa --previous': "KeyError: 'ORDERS_URL'\n" };
    const report = await reportOf(workload('web', crashed('')), { logs });
    expect(rootsIn(report)).toEqual(['environment-variable-missing on Deployment shop/web']);
  });

  test('of init containers tell why nothing else starts', async () => {
    const { deployment, set, pod } = parts('web', { ready: false, phase: 'Pending' });
    const { spec } = pod as unknown as { spec: { containers: object[] } };
    const state = { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } };
    const lastState = { terminated: { reason: 'Error', exitCode: 1, startedAt: ago(60), finishedAt: ago(40) } };
    const failing = of(pod, {
      spec: { ...spec, initContainers: [{ name: 'prepare', image: 'tools:1' }] },
      status: {
        phase: 'Pending',
        startTime: ago(600),
        conditions: [{ type: 'Initialized', status: 'False', lastTransitionTime: ago(600) }],
        initContainerStatuses: [{ name: 'prepare', ready: false, restartCount: 6, state, lastState }],
        containerStatuses: [{ name: 'web', ready: false, restartCount: 0, state: { waiting: { reason: 'PodInitializing' } } }],
      },
    });
    const report = await reportOf([deployment, set, failing], {
      logs: { [`${pod.metadata.name} --previous`]: "ModuleNotFoundError: No module named 'yaml'\n" },
    });
    expect(report.root_causes[0]?.mechanism).toContain("tools:1 lacks what the program needs: ModuleNotFoundError: No module named 'yaml'");
  });
});

describe('Q05 a lookup', () => {
  const lost = [ingress('web'), ...workload('web')];

  test('that found nothing says so; one that was refused does not', async () => {
    expect(rootsIn(await reportOf(lost))).toEqual(['ingress-service-missing on Ingress shop/web']);
    const blind = await reportOf(lost, { unreadable: ['Service'] });
    expect(rootsIn(blind)).toEqual([]);
    expect(blind.verdict).toBe('undetermined');
    expect(blind.gaps).toContainEqual(expect.objectContaining({ why: 'forbidden' }));
  });
});

describe('Q06 a status', () => {
  test('that is older than the spec accuses the controller, not the workload', async () => {
    const { deployment } = parts('web', { pods: 0, ready: false });
    const { status } = deployment as unknown as { status: Fields };
    const changed = [{ manager: 'kubectl', operation: 'Update', time: ago(900) }];
    const stale = of(deployment, { metadata: { ...deployment.metadata, generation: 3, managedFields: changed }, status: { ...status, observedGeneration: 2 } });
    expect((await reportOf([stale])).root_causes[0]?.cause_id).toMatch(/controller|control-plane/);
  });
});

describe('Q07 a verdict', () => {
  const failing = workload('web', crashed(''));

  test('needs evidence of the failure: without the log that says why there is no cause, only the symptom', async () => {
    const with_ = await reportOf(failing, { logs: { 'web-6d4cf56db6-aaaaa --previous': "KeyError: 'ORDERS_URL'\n" } });
    expect(with_.verdict).toBe('root-cause-found');
    for (const { evidence_ids } of with_.root_causes) expect(evidence_ids.length).toBeGreaterThan(0);
    const without = await reportOf(failing);
    expect(without.root_causes.map(({ cause_id }) => cause_id)).not.toContain('environment-variable-missing');
  });

  test('is not reached by objects that are only there', async () => {
    expect(rootsIn(await reportOf(workload('web')))).toEqual([]);
  });
});

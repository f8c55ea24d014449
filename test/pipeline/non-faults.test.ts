import { describe, expect, test } from 'vitest';
import { ago } from '../facts/infrastructure-scene.ts';
import { endpoints, event, node, parts, service, workload } from './cascade-objects.ts';
import { reportOf, rootsIn } from './incident-scene.ts';

const well = async (objects: readonly object[]): Promise<void> => {
  const report = await reportOf(objects);
  expect(rootsIn(report)).toEqual([]);
  expect(report.verdict).toBe('no-fault-found');
};

describe('no root cause is named', () => {
  test('P03 for conditions of a problem detector that say that all is well', async () => {
    const ready = node('n1');
    const detected = ['KernelDeadlock', 'ReadonlyFilesystem', 'FrequentContainerdRestart', 'NetworkUnavailable'].map((type) => ({
      type,
      status: 'False',
      reason: `No${type}`,
      lastTransitionTime: ago(900),
    }));
    const good = ['KernelReady', 'StorageReady', 'NetworkingReady'].map((type) => ({
      type,
      status: 'True',
      reason: `${type}Condition`,
      message: 'Monitoring is active',
      lastTransitionTime: ago(900),
    }));
    const conditions = [...ready.status.conditions, ...detected, ...good];
    await well([{ ...ready, status: { ...ready.status, conditions } }, ...workload('web')]);
  });

  test('P09 for a StatefulSet whose headless Service does not exist, while its pods serve', async () => {
    const { deployment, pod } = parts('db');
    const { spec, metadata } = deployment as unknown as { spec: object; metadata: object };
    const owner = [{ kind: 'StatefulSet', name: 'db', controller: true }];
    await well([
      {
        kind: 'StatefulSet',
        metadata,
        spec: { ...spec, serviceName: 'db-headless' },
        status: { replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1, observedGeneration: 1 },
      },
      { ...pod, metadata: { ...pod.metadata, name: 'db-0', ownerReferences: owner } },
      node('n1'),
    ]);
  });

  test('P11 for a cache that the kubelet filled a moment after it started', async () => {
    const { deployment, set, pod } = parts('web');
    const said = 'MountVolume.SetUp failed for volume "kube-api-access" : failed to sync configmap cache: timed out waiting for the condition';
    await well([deployment, set, pod, event(pod, 'FailedMount', said, 'Warning', 2950), service('web', 80), endpoints('web', 1), node('n1')]);
  });

  test('P18 for a DaemonSet that counts pods on a node that is being taken away', async () => {
    const leaving = { key: 'ToBeDeletedByClusterAutoscaler', value: '1', effect: 'NoSchedule' };
    const { deployment, pod } = parts('agent');
    const { spec, metadata } = deployment as unknown as { spec: object; metadata: object };
    const podOn = (name: string) => ({
      ...pod,
      metadata: { ...pod.metadata, name: `agent-${name}`, ownerReferences: [{ kind: 'DaemonSet', name: 'agent', controller: true }] },
      spec: { ...(pod as unknown as { spec: object }).spec, nodeName: name },
    });
    const status = {
      desiredNumberScheduled: 1,
      currentNumberScheduled: 1,
      numberReady: 1,
      numberAvailable: 1,
      updatedNumberScheduled: 1,
      numberMisscheduled: 1,
    };
    await well([
      { kind: 'DaemonSet', metadata, spec, status: { ...status, observedGeneration: 1 } },
      podOn('n1'),
      podOn('n2'),
      node('n1'),
      { ...node('n2'), spec: { taints: [leaving] } },
    ]);
  });
});

import { expect, test } from 'vitest';
import { factsOf, node } from './infrastructure-scene.ts';
import { workloadDoc } from './workload-scene.ts';

const daemon = (status: object, spec: object = {}) => ({
  kind: 'DaemonSet',
  metadata: { namespace: 'shop', name: 'agent', uid: 'd' },
  spec: { selector: { matchLabels: { app: 'agent' } }, template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'a' }], ...spec } } },
  status,
});

test('nodes that a DaemonSet does not select are named', () => {
  const nodes = [node('n1', { labels: { disk: 'ssd' } }), node('n2')];
  expect(workloadDoc([...nodes, daemon({ desiredNumberScheduled: 1 }, { nodeSelector: { disk: 'ssd' } })]).daemon).toMatchObject({
    nodes: 2,
    wanted: 1,
    unselected: 1,
    excluded: 'n2',
  });
});

test('nodes that were not read are not counted', () => {
  const objects = [daemon({ desiredNumberScheduled: 1 }, { nodeSelector: { disk: 'ssd' } })];
  expect(workloadDoc(objects, { forbidden: ['Node'] }).daemon).toMatchObject({ nodes: null, unselected: 0, excluded: null });
});

test('pods on nodes that their infrastructure takes away are told apart', () => {
  const leaving = node('n2', { spec: { taints: [{ key: 'ToBeDeletedByClusterAutoscaler', effect: 'NoSchedule' }] } });
  const owner = [{ kind: 'DaemonSet', name: 'agent', controller: true }];
  const pod = { kind: 'Pod', metadata: { namespace: 'shop', name: 'agent-x', ownerReferences: owner }, spec: { nodeName: 'n2', containers: [{ name: 'a' }] } };
  expect(workloadDoc([leaving, daemon({ desiredNumberScheduled: 0, numberMisscheduled: 1 }), pod]).daemon).toMatchObject({
    misscheduled: 1,
    on_leaving_nodes: 1,
  });
});

test('other workloads have no such part', () => {
  const deployment = { ...daemon({}), kind: 'Deployment' };
  expect(factsOf('Workload', [deployment])[0]?.doc['daemon']).toBeNull();
});

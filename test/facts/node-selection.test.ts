import { describe, expect, test } from 'vitest';
import type { Node } from '../../src/domain/kubernetes/node.ts';
import type { NodeSelectorRequirement, PodSpec, Toleration } from '../../src/domain/kubernetes/pod.ts';
import { acceptsNode, isControlPlane, unmetDemands, untoleratedTaints } from '../../src/facts/node-selection.ts';
import { node } from './infrastructure-scene.ts';

const labelled = (labels: Record<string, string>): Node => node('n1', { labels }) as unknown as Node;
const affine = (...matchExpressions: NodeSelectorRequirement[]): PodSpec => ({
  containers: [],
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchExpressions }] } } },
});

describe('acceptsNode', () => {
  test.each([
    [{ key: 'disk', operator: 'In', values: ['ssd', 'nvme'] }, { disk: 'nvme' }, true],
    [{ key: 'disk', operator: 'In', values: ['ssd'] }, {}, false],
    [{ key: 'disk', operator: 'NotIn', values: ['ssd'] }, {}, true],
    [{ key: 'disk', operator: 'NotIn', values: ['ssd'] }, { disk: 'ssd' }, false],
    [{ key: 'disk', operator: 'Exists' }, { disk: '' }, true],
    [{ key: 'disk', operator: 'DoesNotExist' }, { disk: '' }, false],
    [{ key: 'cores', operator: 'Gt', values: ['4'] }, { cores: '8' }, true],
    [{ key: 'cores', operator: 'Lt', values: ['4'] }, { cores: '8' }, false],
    [{ key: 'cores', operator: 'Like', values: ['4'] }, { cores: '4' }, false],
  ] as const)('%j on %j: %s', (requirement, labels, expected) => {
    expect(acceptsNode(affine(requirement), labelled(labels))).toBe(expected);
  });

  test('takes terms as alternatives, fields by name, and an empty term as nothing', () => {
    const terms = (...nodeSelectorTerms: object[]): PodSpec =>
      ({ containers: [], affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } } }) as PodSpec;
    const byName = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n1'] }] };
    expect(acceptsNode(terms({ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, byName), labelled({}))).toBe(true);
    expect(acceptsNode(terms({ matchFields: [{ key: 'metadata.uid', operator: 'In', values: ['n1'] }] }), labelled({}))).toBe(false);
    expect(acceptsNode(terms({}), labelled({}))).toBe(false);
  });
});

test('unmetDemands names what no node has, in the words of the operator, with the values there are', () => {
  const spec = affine(
    { key: 'zone', operator: 'In', values: ['a', 'b'] },
    { key: 'gpu', operator: 'Exists' },
    { key: 'disk', operator: 'NotIn', values: ['hdd'] },
    { key: 'old', operator: 'DoesNotExist' },
    { key: 'cores', operator: 'Gt', values: ['16'] },
  );
  expect(unmetDemands(spec, [labelled({ zone: 'c', disk: 'hdd', old: '1', cores: '4' })])).toMatchObject([
    { wanted: 'zone in (a, b)', values_present: ['c'], from: 'nodeAffinity' },
    { wanted: 'gpu', values_present: [] },
    { wanted: 'disk not in (hdd)', values_present: ['hdd'] },
    { wanted: 'no old', values_present: ['1'] },
    { wanted: 'cores Gt 16', values_present: ['4'] },
  ]);
});

describe('untoleratedTaints', () => {
  const taint = { key: 'team', value: 'a', effect: 'NoSchedule' };
  test.each([
    ['nothing', [], 1],
    ['the value', [{ key: 'team', value: 'a' }], 0],
    ['another value', [{ key: 'team', value: 'b' }], 1],
    ['the key', [{ key: 'team', operator: 'Exists' }], 0],
    ['everything', [{ operator: 'Exists' }], 0],
    ['another effect', [{ key: 'team', operator: 'Exists', effect: 'NoExecute' }], 1],
    ['another key', [{ key: 'group', operator: 'Exists' }], 1],
    ['a value without a key', [{ value: 'a' }], 1],
  ] as [string, Toleration[], number][])('with a pod that tolerates %s: %#', (_, tolerations, left) => {
    expect(untoleratedTaints({ containers: [], tolerations }, [taint])).toHaveLength(left);
  });

  test('leaves out what is only preferred', () => {
    expect(untoleratedTaints({ containers: [] }, [{ ...taint, effect: 'PreferNoSchedule' }])).toEqual([]);
  });
});

test('isControlPlane knows the marks of kubeadm and of other installers', () => {
  expect(isControlPlane(labelled({ 'node-role.kubernetes.io/control-plane': '' }))).toBe(true);
  expect(isControlPlane(labelled({ 'node-role.kubernetes.io/master': '' }))).toBe(true);
  expect(isControlPlane(labelled({ 'kubernetes.io/role': 'master' }))).toBe(true);
  expect(isControlPlane(node('m', { spec: { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] } }) as unknown as Node)).toBe(
    true,
  );
  expect(isControlPlane(labelled({ 'kubernetes.io/role': 'node' }))).toBe(false);
});

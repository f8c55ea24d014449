import { describe, expect, test } from 'vitest';
import { parseSchedulingMessage } from '../../src/facts/scheduling-message.ts';

const kinds = (message: string): string[] => parseSchedulingMessage(message)?.clauses.map(({ kind, nodes }) => `${nodes ?? '-'} ${kind}`) ?? [];

describe('parseSchedulingMessage', () => {
  test('reads every clause, the one with most nodes first, and drops what preemption tried', () => {
    const message =
      '0/9 nodes are available: 1 Too many pods, 2 Insufficient cpu, 3 node(s) had untolerated taint {dedicated: gpu}, ' +
      "3 node(s) didn't match Pod's node affinity/selector. preemption: 0/9 nodes are available: 6 Preemption is not helpful for scheduling, 3 No preemption victims found for incoming pod.";
    expect(parseSchedulingMessage(message)?.totalNodes).toBe(9);
    expect(kinds(message)).toEqual(['3 taint', '3 node-affinity', '2 insufficient', '1 too-many-pods']);
  });

  test.each([
    [
      '0/1 nodes are available: 1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
      ['1 insufficient'],
    ],
    ['0/4 nodes are available: 4 node(s) were unschedulable. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.', ['4 cordoned']],
    [
      '0/4 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.',
      ['- claim-unbound'],
    ],
    ['0/1 nodes are available: persistentvolumeclaim "data" not found.', ['- claim-missing']],
    ['0/1 nodes are available: persistentvolumeclaim "data" is being deleted.', ['- claim-deleting']],
    ['0/1 nodes are available: persistentvolumeclaim "data" bound to non-existent persistentvolume "pv-1".', ['- volume-missing']],
    [
      "0/3 nodes are available: 1 node(s) had taint {node.kubernetes.io/not-ready: }, that the pod didn't tolerate, 2 node(s) had volume node affinity conflict.",
      ['2 volume-node-affinity', '1 node-unhealthy'],
    ],
    [
      '0/2 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 1 node(s) had untolerated taint {node.kubernetes.io/unschedulable: }.',
      ['1 control-plane-taint', '1 cordoned'],
    ],
    ["0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind.", ['3 volume-none']],
    ['0/3 nodes are available: 3 node(s) exceed max volume count.', ['3 volume-limit']],
    [
      "0/3 nodes are available: 1 node(s) didn't have free ports for the requested pod ports, 2 node(s) didn't match pod topology spread constraints (missing required label).",
      ['2 topology-spread', '1 host-port'],
    ],
    [
      "0/3 nodes are available: 1 node(s) didn't match pod affinity rules, 2 node(s) didn't satisfy existing pods anti-affinity rules.",
      ['2 pod-anti-affinity', '1 pod-affinity'],
    ],
    ['0/2 nodes are available: 2 cannot allocate all claims.', ['2 resource-claim']],
    ['0/1 nodes are available: 1 node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode.', ['1 claim-in-use']],
    ['0/1 nodes are available: 1 node(s) did not have enough free storage.', ['1 insufficient']],
    ['0/51 nodes are available: pod has unbound immediate PersistentVolumeClaims. not found', ['- claim-unbound']],
    [
      '0/51 nodes are available: 1 Insufficient cpu, 50 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/51',
      ['50 taint', '1 insufficient'],
    ],
    ['no nodes available to schedule pods', ['- no-nodes']],
    ['running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded', ['- volume-binding']],
    ['something that no scheduler says yet', ['- other']],
  ])('%s', (message, expected) => {
    expect(kinds(message)).toEqual(expected);
  });

  test('names resource, taint and claim', () => {
    expect(parseSchedulingMessage('0/1 nodes are available: 1 Insufficient nvidia.com/gpu.')?.clauses[0]?.resource).toBe('nvidia.com/gpu');
    expect(parseSchedulingMessage('0/1 nodes are available: 1 node(s) had untolerated taint {critical: true}.')?.clauses[0]).toMatchObject({
      taint_key: 'critical',
      taint_value: 'true',
    });
    expect(parseSchedulingMessage('0/1 nodes are available: persistentvolumeclaim "data" not found.')?.clauses[0]?.claim).toBe('data');
  });

  test.each(['', 'skip schedule deleting pod: shop/web-1'])('tells no reason: "%s"', (message) => {
    expect(parseSchedulingMessage(message)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import type { ContainerSpec } from '../../src/domain/kubernetes/pod.ts';
import { formatAmount, podRequests } from '../../src/facts/pod-requests.ts';

const asks = (name: string, requests: Record<string, string>, more: Partial<ContainerSpec> = {}): ContainerSpec => ({ name, resources: { requests }, ...more });

describe('podRequests', () => {
  test('adds containers, and takes a limit for a request that is not stated', () => {
    expect(podRequests({ containers: [asks('a', { cpu: '250m' }), { name: 'b', resources: { limits: { cpu: '1', memory: '1Gi' } } }] })).toEqual({
      cpu: 1.25,
      memory: 2 ** 30,
    });
  });

  test('is the peak of an init container when that is more, with the sidecars started before it', () => {
    const containers = [asks('app', { cpu: '1' })];
    expect(podRequests({ containers, initContainers: [asks('init', { cpu: '3' })] })).toEqual({ cpu: 3 });
    const sidecar = asks('proxy', { cpu: '500m' }, { restartPolicy: 'Always' });
    expect(podRequests({ containers, initContainers: [sidecar, asks('init', { cpu: '3' })] })).toEqual({ cpu: 3.5 });
    expect(podRequests({ containers, initContainers: [asks('init', { cpu: '1' }), sidecar] })).toEqual({ cpu: 1.5 });
  });

  test('leaves out what is no quantity', () => {
    expect(podRequests({ containers: [asks('a', { cpu: 'much', memory: '1Mi' })] })).toEqual({ memory: 2 ** 20 });
  });
});

test.each([
  ['cpu', 0.25, '250m'],
  ['cpu', 1.5, '1.5'],
  ['cpu', 0, '0'],
  ['memory', 20 * 2 ** 30, '20Gi'],
  ['memory', 512, '512'],
  ['ephemeral-storage', 1.5 * 2 ** 40, '1.5Ti'],
  ['nvidia.com/gpu', 2, '2'],
])('formatAmount(%s, %d) = %s', (resource, amount, text) => {
  expect(formatAmount(resource, amount)).toBe(text);
});

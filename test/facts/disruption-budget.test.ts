import { expect, test } from 'vitest';
import { causes, findings, owners, pod, running } from './workload-scene.ts';

const budget = (allowed: number, name = 'checkout') => ({
  kind: 'PodDisruptionBudget',
  metadata: { namespace: 'shop', name },
  spec: { minAvailable: 1, selector: { matchLabels: { app: 'checkout' } } },
  status: { disruptionsAllowed: allowed, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
});
const node = (unschedulable: boolean) => ({
  kind: 'Node',
  metadata: { name: 'n1' },
  spec: { unschedulable },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
});
const served = [...owners(), pod({ ready: true, status: { state: running(900) } })];
const own = (lines: string[]) => lines.filter((line) => line.includes('PodDisruptionBudget'));

test('a budget that allows nothing blocks the drain of a node where its pods run', () => {
  expect(own(causes([...served, budget(0), node(true)]))).toEqual(['disruption-budget-blocks-drain on PodDisruptionBudget shop/checkout']);
});

test('a single replica that may not go is no fault while nobody drains', () => {
  expect(own(findings([...served, budget(0), node(false)]))).toEqual([]);
});

test('two budgets over one pod block a drain whatever they allow', () => {
  expect(own(causes([...served, budget(1), budget(1, 'other'), node(true)]))).toEqual([
    'disruption-budgets-overlap on PodDisruptionBudget shop/checkout',
    'disruption-budgets-overlap on PodDisruptionBudget shop/other',
  ]);
});

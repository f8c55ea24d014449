import { describe, expect, it } from 'vitest';
import type { RootCause } from '../../src/domain/cause.ts';
import { type ObjectRef, objectRef } from '../../src/domain/object-ref.ts';
import { aReport } from '../fixtures/report.ts';
import { DATABASE_KILLED } from '../report/reports.ts';
import { isRight, judge, type Meaning } from './judge.ts';

function verdictOn(object: ObjectRef, given: Partial<RootCause>, meaning: Partial<Meaning> = {}, faultObject = 'app/orders'): boolean {
  const recorded = { name: 'one', snapshot: '', query: '', namespace: 'shop', fault: 'killed', faultObject };
  const cause = { ...DATABASE_KILLED, object, affected: [], ...given };
  return isRight(judge(recorded, { causes: ['container-memory-limit-exceeded'], ...meaning }, aReport({ root_causes: [cause] }), 1));
}

describe('judging an answer', () => {
  const orders = objectRef('Deployment', 'shop', 'orders');
  const claim = objectRef('PersistentVolumeClaim', 'shop', 'orders-data');

  it('asks for the mechanism and the object', () => {
    expect(verdictOn(orders, {})).toBe(true);
    expect(verdictOn(orders, { cause_id: 'cpu-overload' })).toBe(false);
    expect(verdictOn(objectRef('Deployment', 'shop', 'billing'), {})).toBe(false);
  });

  it('takes neither the Service of that name nor the workload of that name elsewhere for the workload', () => {
    expect(verdictOn(objectRef('Service', 'shop', 'orders'), {})).toBe(false);
    expect(verdictOn(objectRef('Deployment', 'staging', 'orders'), {})).toBe(false);
  });

  it('takes a part for the workload only where the fault is said to lie there, and only of that workload', () => {
    expect(verdictOn(claim, { affected: [orders] })).toBe(false);
    expect(verdictOn(claim, { affected: [orders] }, { parts: ['PersistentVolumeClaim'] })).toBe(true);
    expect(verdictOn(claim, { affected: [objectRef('Deployment', 'shop', 'billing')] }, { parts: ['PersistentVolumeClaim'] })).toBe(false);
  });

  it('takes a quota for its namespace, and no node for another', () => {
    const quota = objectRef('ResourceQuota', 'shop', 'compute');
    expect(verdictOn(quota, {}, { parts: ['ResourceQuota'] }, 'namespace/shop')).toBe(true);
    expect(verdictOn(orders, {}, { parts: ['ResourceQuota'] }, 'namespace/shop')).toBe(false);
    expect(verdictOn(objectRef('Node', undefined, 'worker-1'), {}, {}, 'node/worker-1')).toBe(true);
    expect(verdictOn(objectRef('Node', undefined, 'worker-2'), {}, {}, 'node/worker-1')).toBe(false);
  });
});

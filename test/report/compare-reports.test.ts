import { describe, expect, test } from 'vitest';
import type { RootCause } from '../../src/domain/cause.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import type { Report } from '../../src/domain/report.ts';
import { compareReports } from '../../src/report/compare-reports.ts';
import { comparisonText } from '../../src/report/comparison-text.ts';
import { DATABASE_KILLED, fullReport } from './reports.ts';

const ORDERS = objectRef('Deployment', 'shop', 'orders');
const WEB = objectRef('Deployment', 'shop', 'web');
const cause = (given: Partial<RootCause>): RootCause => ({ ...DATABASE_KILLED, affected: [], ...given });
const report = (id: string, causes: RootCause[], given: Partial<Report> = {}): Report => ({
  ...fullReport({ incident_id: id, gaps: [], ...given }),
  root_causes: causes,
});

const OLD = report('inc-1', [
  cause({ cause_id: 'a', title: 'A', object: ORDERS, confidence: 0.9, affected: [WEB] }),
  cause({ cause_id: 'b', title: 'B', object: ORDERS, confidence: 0.5 }),
]);
const NEW = report(
  'inc-2',
  [
    cause({ cause_id: 'b', title: 'B', object: ORDERS, confidence: 0.8 }),
    cause({ cause_id: 'a', title: 'A', object: WEB, confidence: 0.7, affected: [ORDERS] }),
  ],
  { gaps: [{ what: 'logs of web', why: 'forbidden', needs: 'get pods/log' }] },
);

describe('two investigations', () => {
  test('a cause is the same where its id and its object are', () => {
    expect(compareReports(OLD, NEW).causes).toEqual([
      { state: 'still', cause_id: 'b', title: 'B', object: 'Deployment shop/orders', confidence: [0.5, 0.8] },
      { state: 'new', cause_id: 'a', title: 'A', object: 'Deployment shop/web', confidence: [null, 0.7] },
      { state: 'gone', cause_id: 'a', title: 'A', object: 'Deployment shop/orders', confidence: [0.9, null] },
    ]);
  });

  test('who recovered, who is hurt now, and what could no longer be seen', () => {
    expect(compareReports(OLD, NEW)).toMatchObject({
      affected: { recovered: ['Deployment shop/web'], newly: ['Deployment shop/orders'] },
      not_seen: { before: [], after: ['logs of web'] },
    });
  });

  test('the same report twice: nothing but what still holds', () => {
    const { causes, affected, not_seen } = compareReports(OLD, OLD);
    expect(causes.map(({ state }) => state)).toEqual(['still', 'still']);
    expect([affected.recovered, affected.newly, not_seen.before, not_seen.after]).toEqual([[], [], [], []]);
  });

  test('as text', () => {
    expect(comparisonText(compareReports(OLD, NEW), { color: 'none', width: 80, unicode: true })).toMatchInlineSnapshot(`
      "before inc-1, 2026-01-31 10:00:00 UTC: root cause found
      after  inc-2, 2026-01-31 10:00:00 UTC: root cause found

      Causes
        = still: B, Deployment shop/orders (confidence 0.50, now 0.80)
        + new: A, Deployment shop/web (confidence 0.70)
        - gone: A, Deployment shop/orders (confidence 0.90)

      No longer affected
        • Deployment shop/web

      Newly affected
        • Deployment shop/orders

      Seen before, not seen after
        • logs of web
      "
    `);
  });
});

import { expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import { objectRef } from '../../src/domain/object-ref.ts';
import { renderEventLine } from '../../src/report/event-line.ts';
import { finding } from '../correlate/scene.ts';
import { EVIDENCE, fullReport } from './reports.ts';

const at = '2026-01-31T10:00:00Z';
const [evidence] = EVIDENCE;
const names = Array.from({ length: 7 }, (_, index) => objectRef('Deployment', 'shop', `app-${index}`));
const gap = { what: 'logs of Pod shop/web-1', why: 'forbidden' as const, needs: 'get pods/log in shop' };

const told: [string, InvestigationEvent, string | undefined, string | undefined][] = [
  [
    'start',
    { type: 'investigation-started', incident_id: 'inc-1', description: 'd', created_at: at, target: fullReport().target, engine_version: '1' },
    'incident inc-1',
    'incident inc-1',
  ],
  [
    'read',
    { type: 'read-completed', at, text: 'reading pods in shop: 9', duration_ms: 31.4, coverage: null },
    'reading pods in shop: 9',
    'reading pods in shop: 9 (31 ms)',
  ],
  [
    'scope',
    { type: 'scope-resolved', scope: { namespaces: ['shop'], objects: names.slice(0, 1), since: null, until: null }, as_of: at },
    'scope: shop; Deployment shop/app-0',
    undefined,
  ],
  ['wide scope', { type: 'scope-resolved', scope: { namespaces: [], objects: [], since: null, until: null }, as_of: at }, 'scope: all namespaces', undefined],
  ['gap', { type: 'gap-found', gap }, 'not seen: logs of Pod shop/web-1 (forbidden)', undefined],
  [
    'failure',
    { type: 'stage-failed', stage: 'topology', at, gap: { ...gap, what: 'stage topology', detail: 'X: broke' } },
    'failed: stage topology (X: broke)',
    undefined,
  ],
  ['stage', { type: 'stage-completed', stage: 'findings', at, duration_ms: 4, summary: '3 findings' }, undefined, 'findings: 3 findings (4 ms)'],
  [
    'finding',
    { type: 'finding-added', finding: finding('memory', { effect: 'killed', on: 'Deployment/shop/web' }) },
    undefined,
    'finding: Title of memory on Deployment shop/web (rule-memory)',
  ],
  ['begin of a stage', { type: 'stage-started', stage: 'findings', at }, undefined, undefined],
];

test.each(told)('%s', (_, event, short, long) => {
  expect(renderEventLine(event)).toBe(short);
  expect(renderEventLine(event, { verbose: true })).toBe(long ?? short);
});

test('evidence is told only with verbose', () => {
  if (evidence === undefined) throw new Error('the fixture has evidence');
  expect(renderEventLine({ type: 'evidence-collected', evidence })).toBeUndefined();
  expect(renderEventLine({ type: 'evidence-collected', evidence }, { verbose: true })).toBe('evidence ev-1: Pod shop/orders-db-0');
});

test('a long scope is cut, and says so', () => {
  expect(renderEventLine({ type: 'scope-resolved', scope: { namespaces: ['shop'], objects: names, since: null, until: null }, as_of: at })).toMatch(
    /app-4 and 2 more$/,
  );
});

test('what the cluster says stays on one line and moves no cursor', () => {
  expect(renderEventLine({ type: 'read-completed', at, text: 'reading \u001b[2Jpods\nin shop', duration_ms: 1, coverage: null })).toBe('reading pods in shop');
});

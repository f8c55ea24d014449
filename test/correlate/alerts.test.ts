import { describe, expect, test } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import type { EvidenceDraft } from '../../src/domain/evidence.ts';
import type { Alert } from '../../src/domain/telemetry.ts';
import { inventoryOf } from '../topology/inventory-of.ts';
import { finding, inputOf } from './scene.ts';

const FIRED = '2026-11-21T09:30:00Z';
const alert = (alertname: string, labels: Record<string, string>, more: Partial<Alert> = {}): Alert => ({
  labels: { alertname, namespace: 'shop', ...labels },
  annotations: { summary: `${alertname} fires` },
  startsAt: FIRED,
  ...more,
});
const OBJECTS = ['Deployment', 'StatefulSet', 'DaemonSet', 'Service', 'Pod'].map((kind) => ({
  kind,
  metadata: { namespace: 'shop', name: kind === 'Deployment' ? 'web' : 'db' },
}));
const KILLED = finding('killed', { effect: 'killed', on: 'StatefulSet/shop/db', hurts: ['Deployment/shop/web'], since: '2026-11-21T09:20:00Z' });

function concluded(alerts: readonly Alert[], findings = [KILLED]) {
  const cited: EvidenceDraft[] = [];
  const input = inputOf({ findings, inventory: inventoryOf(OBJECTS, { telemetry: { alerts } }) });
  const conclusions = correlate({ ...input, cite: (draft) => `cited-${cited.push(draft)}` });
  return { ...conclusions, cited };
}

describe('alerts that fire', () => {
  test('about the root and its victims are evidence of it, the root’s first, and stand in the timeline', () => {
    const { root_causes, timeline, cited, observations } = concluded([alert('WebSlow', { deployment: 'web' }), alert('DbDown', { statefulset: 'db' })]);
    const ids = root_causes[0]?.evidence_ids.slice(1) ?? [];
    expect(ids.map((id) => cited[Number(id.slice(6)) - 1])).toMatchObject([
      { source: 'alert', excerpt: 'DbDown: DbDown fires', observed_at: FIRED },
      { source: 'alert', excerpt: 'WebSlow: WebSlow fires' },
    ]);
    expect(timeline.map(({ text }) => text)).toContain('Alert about StatefulSet shop/db: DbDown: DbDown fires');
    expect(observations).toEqual([]);
  });

  test('that nothing explains are told, and an urgent one keeps the answer open', () => {
    const told = concluded([alert('WebSlow', { deployment: 'web', severity: 'critical' })], []);
    expect(told.observations.map(({ text }) => text)).toEqual(['An alert fires that no root cause explains: WebSlow: WebSlow fires']);
    expect(told.verdict).toBe('undetermined');
    expect(concluded([alert('WebSlow', { deployment: 'web', severity: 'info' })], []).verdict).toBe('no-fault-found');
  });

  test.each([
    ['silenced', alert('WebSlow', { deployment: 'web', severity: 'critical' }, { state: 'suppressed' })],
    ['ended an hour ago', alert('WebSlow', { deployment: 'web', severity: 'critical' }, { endsAt: '2026-11-21T09:00:00Z' })],
    ['about nothing that was read', alert('Watchdog', { severity: 'critical' })],
  ])('but one that is %s says nothing', (_, one) => {
    expect(concluded([one], [])).toMatchObject({ observations: [], verdict: 'no-fault-found', cited: [] });
  });
});

import { describe, expect, test } from 'vitest';
import { correlate } from '../../src/correlate/correlate.ts';
import type { EvidenceDraft } from '../../src/domain/evidence.ts';
import { inventoryOf } from '../topology/inventory-of.ts';
import { conclude, finding, inputOf, symptom } from './scene.ts';

const image = finding('image', { effect: 'image-not-pulled', on: 'Deployment/shop/web', since: '2026-11-21T09:10:00Z' });

describe('the timeline', () => {
  test('tells beginnings and what was observed, in order of time', () => {
    const stuck = symptom('stuck', { effect: 'rollout-stuck', on: 'Deployment/shop/web', since: '2026-11-21T09:20:00Z' });
    const result = conclude({
      findings: [stuck, image],
      evidence: { 'ev-image': { source: 'event', observed_at: '2026-11-21T09:12:00Z', excerpt: 'Warning Failed:\n  not found' } },
    });
    expect(result.timeline.map(({ at, text }) => `${at.slice(11, 16)} ${text}`)).toEqual([
      '09:10 Deployment shop/web: Title of image',
      '09:12 Warning Failed: not found',
      '09:20 Deployment shop/web: Title of stuck',
    ]);
    expect(result.timeline.map(({ evidence_ids }) => evidence_ids)).toEqual([['ev-image'], ['ev-image'], ['ev-stuck']]);
  });

  test('is bounded, and keeps the beginning of the cause', () => {
    const ids = Array.from({ length: 80 }, (_, index) => `ev-${index}`);
    const noisy = { ...image, evidence_ids: ids };
    const evidence = Object.fromEntries(
      ids.map((id, index) => [
        id,
        { source: 'log' as const, observed_at: new Date(Date.UTC(2026, 10, 21, 8, index)).toISOString(), excerpt: 'x'.repeat(900) + id },
      ]),
    );
    const { timeline } = conclude({ findings: [noisy], evidence });
    expect(timeline).toHaveLength(50);
    expect(timeline.some(({ text }) => text === 'Deployment shop/web: Title of image')).toBe(true);
    expect(Math.max(...timeline.map(({ text }) => text.length))).toBe(300);
  });

  test('adds key events of the objects in question, cited, and leaves out what is only noise', () => {
    const event = (reason: string, at: string) => ({
      kind: 'Event',
      metadata: { namespace: 'shop', name: reason },
      type: 'Normal',
      reason,
      message: 'scaled up web-2 to 1',
      lastTimestamp: at,
      involvedObject: { kind: 'Deployment', namespace: 'shop', name: 'web' },
    });
    const web = { kind: 'Deployment', metadata: { namespace: 'shop', name: 'web' } };
    const inventory = inventoryOf([web, event('ScalingReplicaSet', '2026-11-21T09:05:00Z'), event('Pulling', '2026-11-21T09:06:00Z')]);
    const cited: EvidenceDraft[] = [];
    const input = inputOf({ findings: [image], inventory });
    expect(correlate(input).timeline).toHaveLength(1);
    const { timeline } = correlate({ ...input, cite: (draft) => `ev-cited-${cited.push(draft)}` });
    expect(timeline[0]).toMatchObject({ at: '2026-11-21T09:05:00Z', text: 'Normal ScalingReplicaSet: scaled up web-2 to 1', evidence_ids: ['ev-cited-1'] });
    expect(timeline).toHaveLength(2);
  });
});

test('edges that a chain tells are cited where the run can cite', () => {
  const graph = ['Service/shop/web selects Deployment/shop/web', 'Ingress/shop/web routes-to Service/shop/web'];
  const cited: EvidenceDraft[] = [];
  const [root] = correlate({ ...inputOf({ graph, findings: [image] }), cite: (draft) => `ev-cited-${cited.push(draft)}` }).root_causes;
  expect(root?.chain).toMatchObject([
    { mechanism: 'Service web sends its traffic to the pods of Deployment web', evidence_ids: ['ev-cited-1'] },
    { mechanism: 'Ingress web routes to Service web', evidence_ids: ['ev-cited-2'] },
  ]);
  expect(cited[0]).toMatchObject({ field_path: 'edge selects' });
});

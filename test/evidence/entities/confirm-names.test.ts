import { describe, expect, test } from 'vitest';
import { NO_ENTITIES } from '../../../src/domain/entities.ts';
import type { NamedByModel } from '../../../src/domain/named-by-model.ts';
import { confirmNames } from '../../../src/evidence/entities/confirm-names.ts';
import { inventoryOf } from '../../../src/evidence/inventory-of.ts';

const named = (kind: string, name: string): { kind: string; metadata: { name: string; namespace: string } } => ({
  kind,
  metadata: { name, namespace: 'shop' },
});
const inventory = inventoryOf([named('Deployment', 'payment'), named('Deployment', 'web'), named('Service', 'payment')]);
const NOTHING: NamedByModel = { namespace: null, workloads: [], services: [], pods: [], nodes: [], error_summary: null, since: null, until: null };
const about = { description: 'people cannot pay on the web', inventory };

describe('names that a model reads', () => {
  test('count where they exist and the words name nothing', () => {
    const read = { ...NOTHING, workloads: ['payment', 'billing'], services: ['payment'], error_summary: 'payments fail' };
    expect(confirmNames(NO_ENTITIES, read, about)).toMatchObject({ workloads: ['payment'], services: ['payment'], error_summary: 'payments fail' });
  });

  test('add to what the words name only what the words hold', () => {
    const own = { ...NO_ENTITIES, services: ['payment'], error_summary: 'failing' };
    expect(confirmNames(own, { ...NOTHING, workloads: ['payment', 'web'], error_summary: 'other' }, about)).toMatchObject({
      workloads: ['web'],
      services: ['payment'],
      error_summary: 'failing',
    });
  });

  test.each([
    ['2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z', { from: '2026-01-01T10:00:00.000Z', to: '2026-01-01T11:00:00.000Z' }],
    ['2026-01-01T10:00:00Z', null, { from: '2026-01-01T10:00:00.000Z', to: null }],
    ['2027-01-01T10:00:00Z', null, null],
    ['2026-01-01T10:00:00Z', '2025-01-01T10:00:00Z', null],
    ['yesterday', null, null],
  ])('times from %s to %s are %j', (since, until, window) => {
    expect(confirmNames(NO_ENTITIES, { ...NOTHING, since, until }, about).time_window).toEqual(window);
  });
});

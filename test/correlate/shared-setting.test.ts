import { describe, expect, test } from 'vitest';
import { refKey } from '../../src/domain/object-ref.ts';
import { inventoryOf } from '../topology/inventory-of.ts';
import { chainText, conclude, finding, rootsOf } from './scene.ts';

const READERS = ['catalog', 'basket', 'shipping'];
const fails = (name: string, since: string | null = null) =>
  finding('config-file-invalid', { effect: 'crashing', strength: 'strong', on: `Deployment/shop/${name}`, since, evidence_ids: [`ev-${name}`] });
const reads = (setting: string) => READERS.map((name) => `Deployment/shop/${name} reads ${setting}`);
const written = (time: string) =>
  inventoryOf([{ kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings', creationTimestamp: '2026-01-01T00:00:00Z', managedFields: [{ time }] } }]);

describe('workloads that fail alike', () => {
  test('and read one ConfigMap have one cause: what is written there', () => {
    const result = conclude({ graph: reads('ConfigMap/shop/settings'), findings: READERS.map((name) => fails(name)) });
    expect(rootsOf(result)).toEqual(['config-file-invalid ConfigMap/shop/settings']);
    expect(chainText(result)).toEqual(READERS.map((name) => `ConfigMap/shop/settings -> Deployment/shop/${name}`));
    expect(result.root_causes[0]).toMatchObject({
      mechanism:
        'ConfigMap settings is read by Deployment catalog, Deployment basket, Deployment shipping, and they fail alike: Mechanism of config-file-invalid.',
      evidence_ids: ['ev-catalog', 'ev-basket', 'ev-shipping'],
      remediation: [{ command: 'kubectl edit configmap/settings -n shop' }],
    });
  });

  test('and read two have that as the cause which was written last', () => {
    const inventory = inventoryOf([
      { kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'labels', creationTimestamp: '2025-12-01T00:00:00Z' } },
      { kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings', creationTimestamp: '2026-01-01T00:00:00Z' } },
    ]);
    const graph = [...reads('ConfigMap/shop/labels'), ...reads('ConfigMap/shop/settings')];
    expect(rootsOf(conclude({ inventory, graph, findings: READERS.map((name) => fails(name)) }))).toEqual(['config-file-invalid ConfigMap/shop/settings']);
  });

  test('before it was written have each a cause of their own', () => {
    const findings = READERS.map((name) => fails(name, '2026-01-01T09:00:00Z'));
    const graph = reads('ConfigMap/shop/settings');
    expect(rootsOf(conclude({ inventory: written('2026-01-01T09:30:00Z'), graph, findings }))).toHaveLength(3);
    expect(rootsOf(conclude({ inventory: written('2026-01-01T08:59:00Z'), graph, findings }))).toHaveLength(1);
  });

  test('for their credentials, and share no place where such stand, are turned away by the store, which is blamed', () => {
    const refused = (name: string) =>
      finding('database-credentials-rejected', { effect: 'dependency-failing', on: `Deployment/shop/${name}`, waitsFor: ['StatefulSet/shop/cache'] });
    const holding = (data: object) => inventoryOf([{ kind: 'ConfigMap', metadata: { namespace: 'shop', name: 'settings' }, data }]);
    const rootsWith = (data: object) =>
      rootsOf(conclude({ inventory: holding(data), graph: reads('ConfigMap/shop/settings'), findings: READERS.map((name) => refused(name)) }));
    expect(rootsWith({ CACHE: 'cache:6379' })).toEqual(['database-credentials-rejected StatefulSet/shop/cache']);
    expect(rootsWith({ CACHE: 'cache:6379', CACHE_PASSWORD: '' })).toEqual(['database-credentials-rejected ConfigMap/shop/settings']);
  });

  test.each([
    ['read nothing in common', ['Deployment/shop/catalog reads ConfigMap/shop/a', 'Deployment/shop/basket reads ConfigMap/shop/b']],
    ['share what every pod has', reads('ConfigMap/shop/kube-root-ca.crt')],
  ])('and %s have each a cause of their own', (_, graph) => {
    expect(rootsOf(conclude({ graph, findings: READERS.map((name) => fails(name)) }))).toHaveLength(3);
  });

  test('and a third that fails otherwise stay two causes', () => {
    const other = finding('bad-flag', { effect: 'crashing', on: 'Deployment/shop/shipping' });
    const result = conclude({ graph: reads('ConfigMap/shop/settings'), findings: [fails('catalog'), fails('basket'), other] });
    expect(result.root_causes.map(({ object }) => refKey(object)).toSorted()).toEqual(['ConfigMap/shop/settings', 'Deployment/shop/shipping']);
  });
});

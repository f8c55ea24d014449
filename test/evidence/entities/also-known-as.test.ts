import { expect, test } from 'vitest';
import { withoutOtherNames } from '../../../src/evidence/entities/also-known-as.ts';
import { inventoryOf } from '../../../src/evidence/inventory-of.ts';

const DATABASE = {
  kind: 'StatefulSet',
  metadata: { name: 'cart-db', namespace: 'shop', labels: { 'app.kubernetes.io/part-of': 'storefront' } },
  spec: { template: { spec: { containers: [{ name: 'main', image: 'registry.example:5000/library/postgres:15@sha256:00' }] } } },
};
const INVENTORY = inventoryOf([DATABASE]);
const asked = (word: string, near: string[] = []) => ({ word, near, asked: true });

test.each(['postgres', 'storefront', 'shop', 'main', 'prod-east'])('%s is another name of something that was read', (word) => {
  expect(withoutOtherNames([asked(word)], INVENTORY, ['prod-east'])).toEqual([]);
});

test('what bears no such name stays, and near names are still offered', () => {
  expect(withoutOtherNames([asked('billing'), asked('postgres', ['postgres-old'])], INVENTORY, [])).toEqual([
    asked('billing'),
    { word: 'postgres', near: ['postgres-old'], asked: false },
  ]);
});

import { expect, test } from 'vitest';
import { editDistance, nearNames } from '../../src/domain/near-names.ts';

test('near names are a slip of the fingers, another joint, or a word too many', () => {
  const names = ['postgres', 'redis', 'mail-service', 'checkout', 'checkout-worker'];
  expect(nearNames('postgers', names)).toEqual(['postgres']);
  expect(nearNames('mailservice', names)).toEqual(['mail-service']);
  expect(nearNames('postgres-invalid', names)).toEqual(['postgres']);
  expect(nearNames('chekout', names)).toEqual(['checkout']);
  expect(nearNames('checkout', names)).toEqual(['checkout', 'checkout-worker']);
  expect(nearNames('payments', names)).toEqual([]);
  expect(nearNames('catalogue', ['catalog'])).toEqual(['catalog']);
  expect(nearNames('worker-1', ['worker-2', 'worker'])).toEqual(['worker']);
  expect(nearNames('web-a', ['web-b'])).toEqual([]);
  expect(nearNames('db', ['dv', 'web', 'db-old'])).toEqual(['dv']);
});

test('what two names share does not make the rest of them alike', () => {
  expect(nearNames('shop-order-service', ['shop-user-service', 'shop-seat-service', 'shop-oder-service'])).toEqual(['shop-oder-service']);
  expect(nearNames('billservice', ['mailservice'])).toEqual([]);
  expect(nearNames('eu-web-api', ['us-web-api'])).toEqual([]);
});

test('a swap of neighbours is one edit', () => {
  expect(editDistance('ab', 'ba')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
  expect(editDistance('', 'abc')).toBe(3);
});

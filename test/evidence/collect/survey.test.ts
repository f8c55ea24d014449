import { describe, expect, test } from 'vitest';
import type { InvestigationRequest } from '../../../src/domain/investigation-request.ts';
import { survey } from '../../../src/evidence/collect/survey.ts';
import { parseDescription } from '../../../src/evidence/entities/parse-description.ts';
import { type MemoryCluster, MemoryReader } from './memory-reader.ts';
import { object } from './objects.ts';

const OBJECTS = [
  ...['shop', 'pay', 'default', 'web'].map((name) => object('Namespace', undefined, name)),
  object('Deployment', 'shop', 'checkout'),
  object('Service', 'pay', 'ledger'),
  object('StatefulSet', 'pay', 'db'),
  object('Deployment', 'shop', 'stock'),
  object('Deployment', 'pay', 'stock'),
];

async function look(description: string, options: { request?: Partial<InvestigationRequest>; cluster?: MemoryCluster } = {}) {
  const reader = new MemoryReader({ objects: OBJECTS, ...options.cluster });
  const parsed = parseDescription(description, new Date('2026-03-01T12:00:00Z'));
  const found = await survey({ reader, parsed, request: { incidentId: 'i', description, ...options.request } }, new AbortController().signal);
  expect(reader.requests).toBeLessThanOrEqual(5);
  return found;
}

describe('the namespaces', () => {
  test.each([
    ['checkout fails in namespace pay', ['pay'], 'named in the description'],
    ['checkout fails in shop', ['shop'], 'named in the description'],
    ['shop is down', ['shop'], 'named in the description'],
    ['pay/db is down', ['pay'], 'named in the description'],
    ['checkout fails', ['shop'], 'shop holds Deployment checkout'],
    ['checkout-7d4f9c-x2x4v was killed', ['shop'], 'shop holds Deployment checkout'],
    ['the ledger service is down', ['pay'], 'pay holds Service ledger'],
    ['stock is down', ['shop', 'pay'], 'shop holds Deployment stock'],
    ['node worker-1 is NotReady', [], 'a node concerns all of them'],
    ['everything is broken', [], 'none is named'],
    ['bananas are yellow', [], 'none is named'],
  ])('%s', async (description, namespaces, reason) => {
    expect(await look(description)).toEqual({ namespaces, reason, unknownNamespace: null });
  });

  test('those of the request go first', async () => {
    expect(await look('checkout fails in shop', { request: { allNamespaces: true } })).toMatchObject({ namespaces: [], reason: 'all were asked for' });
    expect(await look('checkout fails in shop', { request: { namespace: 'pay' } })).toMatchObject({ namespaces: ['pay'], unknownNamespace: null });
  });

  test('that of the context is taken when nothing is named, and preferred when it holds the name', async () => {
    const cluster = { defaultNamespace: 'pay' };
    expect(await look('everything is broken', { cluster })).toMatchObject({ namespaces: ['pay'], reason: 'the namespace of the context' });
    expect((await look('stock is down', { cluster })).namespaces).toEqual(['pay']);
    expect((await look('checkout fails', { cluster })).namespaces).toEqual(['shop']);
  });

  test('where an agent hands out two at the most, these are all', async () => {
    expect(await look('everything is broken', { cluster: { handedOut: ['shop', 'pay'] } })).toMatchObject({ namespaces: ['shop', 'pay'] });
    expect(await look('everything is broken', { cluster: { handedOut: ['shop', 'pay', 'web'] } })).toMatchObject({ namespaces: [] });
  });
});

describe('a namespace that does not exist', () => {
  test('is told with near names', async () => {
    await expect(look('x', { request: { namespace: 'shopp' } })).rejects.toMatchObject({
      code: 'NAMESPACE_UNKNOWN',
      details: { name: 'shopp', near: ['shop'] },
    });
    expect(await look('checkout fails in namespace shopp')).toMatchObject({
      namespaces: ['shop'],
      unknownNamespace: { name: 'shopp', near: ['shop'] },
    });
  });

  test('is believed where namespaces may not be read', async () => {
    const cluster: MemoryCluster = { intercept: ({ kind }) => (kind === 'Namespace' ? { status: 'forbidden', needs: 'list namespaces' } : undefined) };
    expect(await look('x', { request: { namespace: 'hidden' }, cluster })).toMatchObject({ namespaces: ['hidden'], unknownNamespace: null });
    expect(await look('web fails in namespace hidden', { cluster })).toMatchObject({ namespaces: ['hidden'], unknownNamespace: null });
  });
});

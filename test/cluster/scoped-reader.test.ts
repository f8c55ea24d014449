import { expect, test } from 'vitest';
import type { ClusterReader } from '../../src/cluster/reader.ts';
import { redactingReader } from '../../src/cluster/redacting-reader.ts';
import { scopedReader } from '../../src/cluster/scoped-reader.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { memoryReader } from '../pipeline/memory-reader.ts';

const { signal } = new AbortController();
const AS_OF = '2026-01-31T10:00:00.000Z';
const MARK = 'of-billing';

/** A cluster in which whatever is of another namespace says so. */
function cluster(asked: string[] = []): ClusterReader {
  const held = memoryReader(
    [
      { kind: 'Pod', metadata: { namespace: 'shop', name: 'checkout' } },
      { kind: 'Pod', metadata: { namespace: 'billing', name: `${MARK}-pod` } },
      { kind: 'Namespace', metadata: { name: 'shop' } },
      { kind: 'Namespace', metadata: { name: MARK } },
      { kind: 'Node', metadata: { name: 'node-1' } },
    ],
    { namespaces: ['billing', 'shop'], attachment: async (name) => `${MARK}: ${name}` },
  );
  return {
    ...held,
    list: (kind, options, aborted) => {
      asked.push(`list ${kind} ${options.namespace ?? '*'}`);
      return held.list(kind, options, aborted);
    },
    get: (kind, namespace, name, aborted) => {
      asked.push(`get ${kind} ${namespace ?? '-'} ${name}`);
      return held.get(kind, namespace, name, aborted);
    },
    logs: async ({ namespace }) => ({ status: 'found', value: { text: namespace === 'shop' ? 'ready' : MARK, truncated: false }, readAt: AS_OF }),
  };
}

const log = (namespace: string) => ({ namespace, pod: 'x', container: 'app', previous: false });

test('what is of its namespaces, and what is of none, is answered as the cluster answers', async () => {
  const reader = scopedReader(cluster(), ['shop']);
  expect(await reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ status: 'found', value: { items: [{ metadata: { name: 'checkout' } }] } });
  expect(await reader.get('Pod', 'shop', 'checkout', signal)).toMatchObject({ status: 'found' });
  expect(await reader.get('Pod', 'shop', 'nobody', signal)).toMatchObject({ status: 'not-found' });
  expect(await reader.get('Namespace', undefined, 'shop', signal)).toMatchObject({ status: 'found' });
  expect(await reader.list('Node', {}, signal)).toMatchObject({ status: 'found' });
  expect(await reader.logs(log('shop'), signal)).toMatchObject({ value: { text: 'ready' } });
  expect(reader.namespaces).toEqual(['shop']);
});

test('of the namespaces themselves its own are read, and nobody takes them for all there are', async () => {
  const found = await scopedReader(cluster(), ['shop', 'gone']).list('Namespace', {}, signal);
  expect(found).toMatchObject({ status: 'found', value: { items: [{ metadata: { name: 'shop' } }], problems: [expect.stringContaining('a key for all')] } });
  expect(JSON.stringify(found)).not.toContain(MARK);
});

const refused: readonly (readonly [string, (reader: ClusterReader) => Promise<unknown>, string])[] = [
  ['a list of another namespace', (reader) => reader.list('Pod', { namespace: 'billing' }, signal), 'a key for namespace billing, to read pods'],
  ['a list of all namespaces', (reader) => reader.list('Pod', {}, signal), 'a key for all namespaces, to read pods'],
  ['an object of another namespace', (reader) => reader.get('Pod', 'billing', `${MARK}-pod`, signal), 'a key for namespace billing, to read pods'],
  ['an object of no namespace that should have one', (reader) => reader.get('Pod', undefined, 'checkout', signal), 'a key for all namespaces, to read pods'],
  ['the names of all namespaces', (reader) => reader.list('Namespace', { metadataOnly: true }, signal), 'a key for all namespaces, to read namespaces'],
  ['another namespace itself', (reader) => reader.get('Namespace', undefined, MARK, signal), `a key for namespace ${MARK}, to read namespaces`],
  ['a log of another namespace', (reader) => reader.logs(log('billing'), signal), 'a key for namespace billing, to read pods'],
];

test.each(refused)('%s is forbidden, not absent, and never asked for', async (_what, ask, needs) => {
  const asked: string[] = [];
  expect(await ask(scopedReader(cluster(asked), ['shop']))).toEqual({ status: 'forbidden', needs });
  expect(asked).toEqual([]);
});

test('every kind with a namespace is refused elsewhere', async () => {
  const kinds: readonly Kind[] = ['Event', 'Secret', 'ConfigMap', 'Deployment', 'Service', 'Role', 'Ingress', 'PodMetrics'];
  const reader = scopedReader(cluster(), ['shop']);
  for (const kind of kinds) expect([kind, (await reader.list(kind, { namespace: 'billing' }, signal)).status]).toEqual([kind, 'forbidden']);
});

test('what lies beside a dump is of all namespaces, and handed to nobody who may see some', async () => {
  expect(await scopedReader(cluster(), ['shop']).attachment('alerts.json', signal)).toBeUndefined();
});

test('whatever is put around it keeps the limits', async () => {
  const reader = redactingReader(scopedReader(cluster(), ['shop']), createRedactor());
  expect(reader.within).toEqual(['shop']);
  expect(await reader.list('Pod', { namespace: 'billing' }, signal)).toMatchObject({ status: 'forbidden' });
});

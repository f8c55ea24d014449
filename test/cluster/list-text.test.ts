import { expect, it, test } from 'vitest';
import { GarbledAnswer } from '../../src/cluster/garbled-answer.ts';
import { splitList } from '../../src/cluster/list-text.ts';

const HEAD = '{"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"7","continue":"abc"},';

function itemsOf(text: string, withoutManagedFields = false): unknown[] | undefined {
  const list = splitList(Buffer.from(text));
  return list && [...list.items({ withoutManagedFields })];
}

test('tells what stands before the items before it parses one', () => {
  expect(splitList(Buffer.from(`${HEAD}"items":[{"metadata":{"broken]}\n`))?.head).toEqual({
    kind: 'PodList',
    apiVersion: 'v1',
    metadata: { resourceVersion: '7', continue: 'abc' },
    items: [],
  });
});

it.each([
  ['one item', [{ metadata: { name: 'a' } }]],
  ['several', [{ metadata: { name: 'a' }, spec: {} }, { metadata: { name: 'b' } }, { metadata: { name: 'c' }, status: { list: [1] } }]],
  [
    'what looks like the next item, within one',
    [{ metadata: { name: 'a' }, spec: { claims: [{ metadata: {} }, { metadata: {} }, { metadata: {} }] } }, { metadata: {} }],
  ],
  ['what looks like the next item, in a string', [{ metadata: { name: '},{"metadata":{' } }, { metadata: { name: ']}' } }]],
  ['other writing', [{ metadata: { name: 'ü\u2028😀\\"' } }, { metadata: { name: 'Ж' } }]],
])('finds %s', (_, items) => {
  expect(itemsOf(`${HEAD}"items":${JSON.stringify(items)}}\n`)).toEqual(items);
});

it.each([
  ['an empty list', `${HEAD}"items":[]}`],
  ['no items', `${HEAD}"items":null}`],
  ['items that begin otherwise', `${HEAD}"items":[{"apiVersion":"v1","metadata":{}}]}`],
  ['an answer that breaks off', `${HEAD}"items":[{"metadata":{"name":"a"}},{"metadata":{"na`],
  ['what follows the items', '{"items":[{"metadata":{}}],"metadata":{}}'],
  ['a deeper list', '{"data":{"items":[{"metadata":{}}]}}'],
  ['something else', '<html>'],
  ['nothing', ''],
])('leaves %s to whoever parses it as a whole', (_, text) => {
  expect(itemsOf(text)).toBeUndefined();
});

test('throws where an item is no JSON, after those before it', () => {
  const seen: unknown[] = [];
  const list = splitList(Buffer.from(`${HEAD}"items":[{"metadata":{"name":"a"}},{"metadata":{"name":}},{"metadata":{"name":"c"}}]}`));
  expect(() => {
    for (const item of list?.items({ withoutManagedFields: true }) ?? []) seen.push(item);
  }).toThrow(GarbledAnswer);
  expect(seen).toEqual([{ metadata: { name: 'a' } }]);
});

test('takes no longer for an item of thousands that look like one, and throws as soon where they end nowhere', () => {
  const claims = Array.from({ length: 20_000 }, () => ({ metadata: { name: 'x' } }));
  const items = [{ metadata: { name: 'a' }, spec: { claims } }, { metadata: { name: 'b' } }];
  const text = JSON.stringify({ metadata: {}, items });
  const began = performance.now();
  expect(itemsOf(text)).toEqual(items);
  expect(() => itemsOf(text.replace('"claims":[', '"claims":[['))).toThrow(GarbledAnswer);
  expect(performance.now() - began).toBeLessThan(2_000);
});

test('takes managedFields and nothing else away', () => {
  const pod = (index: number, text: string) => ({
    metadata: {
      name: `orders-${index}`,
      annotations: { last: JSON.stringify({ a: 1, managedFields: [{ note: text }] }) },
      managedFields: [{ manager: 'kubelet', fieldsV1: { 'f:metadata': { [`k:{"name":"${text}"}`]: { '.': {}, 'v:"a"': {} } } } }],
    },
    spec: { containers: [{ name: text, args: ['[', ']', '{"', text] }] },
  });
  const items = ['plain', ']', '"}', '\\', '\\"]', 'ü\u2028😀', '[{'].map((text, index) => pod(index, text));
  const expected = items.map(({ metadata: { managedFields: _, ...metadata }, spec }) => ({ metadata, spec }));
  expect(itemsOf(JSON.stringify({ metadata: {}, items }), true)).toEqual(expected);
  expect(itemsOf(JSON.stringify({ metadata: {}, items }), false)).toEqual(items);
});

test('keeps managedFields whose keys look like their end', () => {
  const items = [{ metadata: { name: 'a', managedFields: [{ fieldsV1: { 'v:[{"a":[{}]}]': {} } }] }, spec: { a: 1 } }];
  expect(itemsOf(JSON.stringify({ metadata: {}, items }), true)).toEqual(items);
});

import { expect, test } from 'vitest';
import { selectItems } from '../../../src/cluster/snapshot/select-items.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';

const pod = (name: string, labels: Record<string, string>, phase: string) => ({ kind: 'Pod', metadata: { name, labels }, status: { phase } });
const items = [pod('a', { app: 'x', tier: 'web' }, 'Running'), pod('b', { app: 'y' }, 'Pending'), pod('c', { app: 'z', legacy: '' }, 'Running')];
const names = (selected: readonly KubeObject[]): string => selected.map(({ metadata }) => metadata.name).join('');

test.each([
  ['app=x', 'a'],
  ['app==x', 'a'],
  ['app!=x', 'bc'],
  ['app in (x, y)', 'ab'],
  ['app notin (x,y),app', 'c'],
  ['legacy', 'c'],
  ['!legacy', 'ab'],
  ['app in (x,y),tier=web', 'a'],
])('labels: %s', (labelSelector, expected) => {
  expect(names(selectItems(items, { labelSelector }).items)).toBe(expected);
});

test.each([
  ['status.phase=Pending', 'b'],
  ['status.phase!=Pending,metadata.name!=a', 'c'],
  ['spec.nodeName=', 'abc'],
])('fields: %s', (fieldSelector, expected) => {
  expect(names(selectItems(items, { fieldSelector }).items)).toBe(expected);
});

test('says what a limit on bytes cut', () => {
  const one = JSON.stringify(items[0]).length;
  expect(selectItems(items, { maxBytes: one })).toMatchObject({ items: [{ metadata: { name: 'a' } }], truncated: true });
  expect(selectItems(items, { maxBytes: 10_000 }).truncated).toBe(false);
});

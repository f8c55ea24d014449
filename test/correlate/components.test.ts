import { expect, test } from 'vitest';
import { componentsOf } from '../../src/correlate/components.ts';

function components(edges: readonly string[]): string[] {
  const nodes = [...new Set(edges.join(''))].toSorted();
  const next = (node: string) => edges.flatMap((edge) => (edge[0] === node && edge[1] ? [edge[1]] : []));
  const previous = (node: string) => edges.flatMap((edge) => (edge[1] === node && edge[0] ? [edge[0]] : []));
  return componentsOf(nodes, next, previous).map((component) => component.toSorted().join(''));
}

test.each([
  ['a line', ['ab', 'bc'], ['a', 'b', 'c']],
  ['a circle', ['ab', 'bc', 'ca'], ['abc']],
  ['two circles, one above the other', ['cd', 'dc', 'bc', 'ab', 'ba'], ['ab', 'cd']],
  ['a circle with a way in and a way out', ['ab', 'bc', 'cb', 'cd'], ['a', 'bc', 'd']],
])('%s', (_, edges, expected) => {
  expect(components(edges)).toEqual(expected);
});

test('a circle of ten thousand does not exhaust the stack', () => {
  const nodes = Array.from({ length: 10_000 }, (_, index) => index);
  const next = (node: number) => [(node + 1) % nodes.length];
  const previous = (node: number) => [(node + nodes.length - 1) % nodes.length];
  expect(componentsOf(nodes, next, previous)).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { readYaml } from '../../src/config/yaml-document.ts';

const TEXT = `# a comment
name: shop
list:
  - a: 1
    "b c": { d: [x, y] }
  - *anchor
other: &anchor z
`;

test('every value and key has its place, counted from 1', () => {
  const read = readYaml(TEXT.replace('  - *anchor\n', '  - plain\n'));
  if (!read.ok) throw new Error(read.message);
  const { document } = read;
  expect(document.value).toEqual({ name: 'shop', list: [{ a: 1, 'b c': { d: ['x', 'y'] } }, 'plain'], other: 'z' });
  expect(document.at(['name'])).toEqual({ line: 2, column: 7 });
  expect(document.at(['list', 0, 'b c', 'd', 1])).toEqual({ line: 5, column: 21 });
  expect(document.at(['list', 1])).toEqual({ line: 6, column: 5 });
  expect(document.keyAt(['list', 0, 'b c'])).toEqual({ line: 5, column: 6 });
  expect(document.at(['list', 0, 'nothing', 'here'])).toEqual(document.at(['list', 0]));
});

test('an alias stands where it is used, and what comes after it keeps its place', () => {
  const read = readYaml('a: &x 1\nlist: [*x, 2]\n');
  if (!read.ok) throw new Error(read.message);
  expect(read.document.value).toEqual({ a: 1, list: [1, 2] });
  expect(read.document.at(['list', 1])).toEqual({ line: 2, column: 12 });
});

test('an empty text is null, a broken one says where', () => {
  const empty = readYaml('  \n');
  expect(empty.ok && empty.document.value).toBeNull();
  expect(empty.ok && empty.document.at([])).toEqual({ line: 1, column: 1 });
  expect(readYaml('a: [1\n')).toMatchObject({ ok: false, position: { line: 2, column: 1 } });
});

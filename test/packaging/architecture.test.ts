import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { drawArchitecture } from '../../scripts/architecture/draw.ts';
import { ARROWS, BOXES, LAYERS } from '../../scripts/architecture/picture.ts';
import * as rooms from '../rooms.ts';

const pairsIn = (files: readonly string[]): Set<string> =>
  new Set(
    files
      .filter((file) => file.split('/').length > 2)
      .flatMap((file) =>
        rooms
          .imports(file)
          .filter((target) => target.startsWith('src/'))
          .map((target) => `${rooms.roomOf(file)} > ${rooms.roomOf(target)}`),
      ),
  );

test('the picture is what `npm run docs` draws', () => {
  expect(readFileSync('docs/images/architecture.svg', 'utf8')).toBe(drawArchitecture());
});

test('it has a box for every room, and each stands in its layer', () => {
  const drawn = LAYERS.map(({ name, rows }): [string, string[]] => [
    name,
    BOXES.filter(({ row }) => rows.includes(row))
      .map(({ room }) => room)
      .sort(),
  ]);
  expect(drawn).toEqual([...rooms.LAYERS].map(([name, inIt]) => [name, [...inIt].sort()]));
  const folders = new Set(rooms.sources.filter((file) => file.split('/').length > 2).map(rooms.roomOf));
  expect([...BOXES.map(({ room }) => room), 'wiring'].sort()).toEqual([...folders].sort());
});

test('an arrow goes only where an import goes, and may go', () => {
  const imported = pairsIn(rooms.sources);
  expect(ARROWS.map(([from, to]) => `${from} > ${to}`).filter((pair) => !imported.has(pair))).toEqual([]);
  expect(ARROWS.filter(([from, to]) => !rooms.MAY_IMPORT.get(from)?.includes(to))).toEqual([]);
});

test('no room above the ground stands alone, and no arrow is drawn twice', () => {
  const touched = new Set(ARROWS.flat() as readonly string[]);
  const alone = BOXES.map(({ room }) => room).filter((room) => !touched.has(room));
  expect(alone.sort()).toEqual([...(rooms.LAYERS.get('ground') ?? []), ...(rooms.LAYERS.get('words') ?? [])].sort());
  expect(new Set(ARROWS.map(([from, to]) => `${from} ${to}`)).size).toBe(ARROWS.length);
});

test('the page shows it, and its table of rooms names the same ones in the same layers', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  expect(page).toContain('(images/architecture.svg)');
  const rows = [...page.matchAll(/^\| (words|ground|sources|reasoning|the run|service|doors) \| (.*?) \|/gm)].map(
    ([, name = '', cell = '']): [string, string[]] => [
      name,
      [...cell.replaceAll(/\([^)]*\)/g, '').matchAll(/`([a-z]+)`/g)].map(([, room = '']) => room).sort(),
    ],
  );
  expect(rows.toSorted()).toEqual([...rooms.LAYERS].map(([name, inIt]): [string, string[]] => [name, [...inIt].sort()]).toSorted());
});

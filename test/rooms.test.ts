import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imports, MAY_IMPORT, ROOT, roomOf, sources } from './rooms.ts';

describe('the rooms of src/', () => {
  test('a room imports only what its row allows', () => {
    const strangers = sources
      .filter((file) => file.split('/').length > 2)
      .flatMap((file) =>
        imports(file)
          .filter((target) => target.startsWith('src/'))
          .map(roomOf)
          .filter((room) => room !== roomOf(file) && !MAY_IMPORT.get(roomOf(file))?.includes(room))
          .map((room) => `${file} imports ${room}`),
      );
    expect(strangers).toEqual([]);
  });

  test('every folder of src/ is a room', () => {
    const rooms = new Set(sources.filter((file) => file.split('/').length > 2).map(roomOf));
    expect([...rooms].filter((room) => !MAY_IMPORT.has(room))).toEqual([]);
  });

  test('only cluster/ imports the Kubernetes client, only ui/ imports Ink', () => {
    const owners: [RegExp, string][] = [
      [/from '@kubernetes\/client-node/, 'cluster'],
      [/from '(ink|react)'/, 'ui'],
    ];
    const strangers = sources.flatMap((file) =>
      owners.filter(([pattern, room]) => roomOf(file) !== room && pattern.test(readFileSync(resolve(ROOT, file), 'utf8'))).map(() => file),
    );
    expect(strangers).toEqual([]);
  });

  test('a test stands where its subject stands', () => {
    const subject = (file: string): string => dirname(file).replace(/^test/, 'src');
    const outside = ['test/on-cluster', 'test/eval', 'test/scenario-runner', 'test/gates', 'test/fixtures', 'test/main', 'test/packaging'];
    const homeless = globSync('test/*/**/*.test.{ts,tsx}', { cwd: ROOT })
      .filter((file) => !outside.some((folder) => file.startsWith(folder)))
      .filter((file) => !existsSync(resolve(ROOT, subject(file))));
    expect(homeless).toEqual([]);
  });

  test('no file is longer than 500 lines, and half of them have at most 100', () => {
    const lengths = sources.map((file) => ({ file, lines: readFileSync(resolve(ROOT, file), 'utf8').split('\n').length })).sort((a, b) => a.lines - b.lines);
    expect(lengths.filter(({ lines }) => lines > 500)).toEqual([]);
    expect(lengths[Math.floor(lengths.length / 2)]?.lines).toBeLessThanOrEqual(100);
  });

  test('no name that says nothing', () => {
    expect(sources.filter((file) => /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/.test(file))).toEqual([]);
  });
});

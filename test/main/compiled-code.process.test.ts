import { chmodSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Home, ROOT } from './program.ts';

const ASKED = ['investigate', 'checkout is failing in shop', '--snapshot', join(ROOT, 'examples/shop-outage'), '--no-store', '--quiet'];

const filesOf = (home: Home): readonly string[] => globSync('compiled/**/*.cjs.*', { cwd: home.path }).map((file) => join(home.path, file));
const keepsIn = (home: Home): { env: Record<string, string> } => ({ env: { NODE_COMPILE_CACHE: join(home.path, 'compiled') } });
/** Without what differs from run to run. */
const answer = (text: string): string => text.replaceAll(/inc-\w+|[\d.]+ m?s\b/g, '');

test('a run keeps its compiled code for the next, which answers the same with it', async () => {
  using home = new Home();
  const first = await home.run(ASKED, keepsIn(home));
  const kept = filesOf(home);
  expect(kept.map((file) => /([a-z-]+)-[0-9a-f]+\.cjs\.(\w+)$/.exec(file)?.slice(1).join(' ')).sort()).toEqual([
    'investigation investigate',
    'snapshot-reader investigate',
    'start investigate',
  ]);
  const written = kept.map((file) => statSync(file).mtimeMs);
  const second = await home.run(ASKED, keepsIn(home));
  expect(first.code).toBe(0);
  expect({ ...second, stdout: answer(second.stdout) }).toEqual({ ...first, stdout: answer(first.stdout) });
  // It was good for the second run: nothing had to be written again.
  expect(filesOf(home).map((file) => statSync(file).mtimeMs)).toEqual(written);
});

test('damaged code is compiled again, and code in a folder that others may write to is not run', async () => {
  using home = new Home();
  const { stdout } = await home.run(ASKED, keepsIn(home));
  const kept = filesOf(home);
  for (const file of kept) writeFileSync(file, 'no code');
  const mended = await home.run(ASKED, keepsIn(home));
  expect(answer(mended.stdout)).toBe(answer(stdout));
  expect(kept.filter((file) => readFileSync(file).length < 1000)).toEqual([]);

  for (const file of kept) writeFileSync(file, 'no code');
  chmodSync(dirname(kept[0] ?? ''), 0o777);
  const careful = await home.run(ASKED, keepsIn(home));
  expect(answer(careful.stdout)).toBe(answer(stdout));
  expect(kept.map((file) => readFileSync(file, 'utf8'))).toEqual(kept.map(() => 'no code'));
});

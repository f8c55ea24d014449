import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { withDemo } from '../../scripts/demo.ts';

test('README.md shows what the program prints: npm run docs writes it', async () => {
  const readme = await readFile('README.md', 'utf8');
  expect(readme).toBe(await withDemo(readme));
});

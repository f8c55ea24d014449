import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MANIFESTS, renderManifests } from '../../../scripts/chart/manifests.ts';

test.each(Object.keys(MANIFESTS))('deploy/%s is what `npm run deploy:manifests` writes', async (name) => {
  const written = readFileSync(resolve(import.meta.dirname, '../../../deploy', name), 'utf8');
  expect(written).toBe(await renderManifests(name));
  expect(written).not.toMatch(/^kind: Secret$/m);
});

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { HELM } from '../../../scripts/chart/helm.ts';
import { MANIFESTS, renderManifests } from '../../../scripts/chart/manifests.ts';

test.skipIf(HELM === undefined).each(Object.keys(MANIFESTS))('deploy/%s is what `npm run deploy:manifests` writes', async (name) => {
  const written = readFileSync(resolve(import.meta.dirname, '../../../deploy', name), 'utf8');
  expect(written).toBe(await renderManifests(name));
  expect(written).not.toMatch(/^kind: Secret$/m);
});

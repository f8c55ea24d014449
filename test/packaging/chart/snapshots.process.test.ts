import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HELM } from '../../../scripts/chart/helm.ts';
import { renderText } from './render.ts';
import { VALUE_SETS } from './value-sets.ts';

/** What Helm makes up anew each time: keys and certificates. */
const MADE_UP = /^(\s+(?:key|ca\.crt|tls\.crt|tls\.key): )[A-Za-z0-9+/=]{40,}$/gm;

// `npm run chart:snapshots` writes them anew: what a change of the chart does to each way of running it is then seen in review.
test.skipIf(HELM === undefined).each(Object.entries(VALUE_SETS))('the chart renders "%s" as it did before', async (name, set) => {
  const text = (await renderText(set)).replace(MADE_UP, '$1(made up)');
  expect(text).not.toMatch(/BEGIN|LS0tLS1/);
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, 'snapshots', `${name}.yaml`));
});

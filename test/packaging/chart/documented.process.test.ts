import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CHART, HELM, helm } from '../../../scripts/chart/helm.ts';
import { type Block, blocksOf, PAGES, placeOf } from '../pages/blocks.ts';

const folder = mkdtempSync(join(tmpdir(), 'values-'));
afterAll(() => rmSync(folder, { recursive: true }));

const BLOCKS = PAGES.flatMap(blocksOf).filter(({ language, words }) => language === 'yaml' && words.includes('values'));

test('pages show values', () => {
  expect(BLOCKS.length).toBeGreaterThan(1);
});

test.skipIf(HELM === undefined).each(BLOCKS.map((block): [string, Block] => [placeOf(block), block]))(
  'the chart takes the values of %s',
  async (place, { text }) => {
    const file = join(folder, `${place.replaceAll(/\W/g, '-')}.yaml`);
    writeFileSync(file, text);
    expect(await helm('template', 'sre-orch', CHART, '-n', 'sre-orchestrator', '--kube-version', '1.34.0', '-f', file)).toContain('kind: Deployment');
  },
);

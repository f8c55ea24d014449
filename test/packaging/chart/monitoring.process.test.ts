import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { HELM } from '../../../scripts/chart/helm.ts';
import { ServerMetrics } from '../../../src/server/metrics.ts';
import { render } from './render.ts';

const CHART = resolve(import.meta.dirname, '../../../charts/sre-orchestrator');
const hasPromtool = spawnSync('promtool', ['--version']).error === undefined;

interface Panel {
  readonly title: string;
  readonly targets: readonly { readonly expr: string }[];
}

interface Rules {
  readonly kind: string;
  readonly spec: { readonly groups: readonly { readonly rules: readonly { readonly expr: string }[] }[] };
}

const dashboard = JSON.parse(readFileSync(`${CHART}/files/dashboard.json`, 'utf8')) as {
  panels: readonly Panel[];
  templating: { list: readonly { query: string }[] };
};
const rulesOf = async (): Promise<Rules['spec']> =>
  (await render<Rules>({ 'prometheusRule.enabled': true })).find(({ kind }) => kind === 'PrometheusRule')?.spec ?? { groups: [] };

/** Names of series as a scrape holds them, those of histograms with their suffixes. */
async function scraped(): Promise<ReadonlySet<string>> {
  const metrics = new ServerMetrics();
  metrics.show({ waiting: async () => 0, running: () => 0, streams: () => 0 });
  const text = await metrics.text();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const names = types.flatMap(([, name = '', type]) => (type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => `${name}${end}`) : [name]));
  return new Set([...names, 'up']);
}

const named = (expression: string): string[] => expression.match(/\b(?:sre_orch|process|nodejs)_\w+/g) ?? [];

test('every panel of the dashboard, and what it is chosen by, asks for what the server tells', async () => {
  const known = await scraped();
  expect(dashboard.panels.length).toBeGreaterThan(5);
  for (const { title, targets } of dashboard.panels) {
    const names = targets.flatMap(({ expr }) => named(expr));
    expect(names.length, title).toBeGreaterThan(0);
    expect(
      names.filter((name) => !known.has(name)),
      title,
    ).toEqual([]);
  }
  expect(dashboard.templating.list.flatMap(({ query }) => named(query)).filter((name) => !known.has(name))).toEqual([]);
});

test.skipIf(HELM === undefined)('the alerts ask for what the server tells', async () => {
  const known = await scraped();
  const { groups } = await rulesOf();
  const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
  expect(expressions.length).toBeGreaterThan(2);
  expect(expressions.flatMap(named).filter((name) => !known.has(name))).toEqual([]);
});

test.skipIf(HELM === undefined || !hasPromtool)('Prometheus takes the alerts, and the expressions of the dashboard', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'alerts-'));
  const panels = dashboard.panels
    .flatMap(({ targets }) => targets)
    .map(({ expr }, index) => ({ record: `panel:${index}`, expr: expr.replaceAll('$namespace', 'ops') }));
  const { groups } = await rulesOf();
  writeFileSync(join(folder, 'rules.yaml'), stringify({ groups: [...groups, { name: 'panels', rules: panels }] }));
  const { stdout } = await promisify(execFile)('promtool', ['check', 'rules', join(folder, 'rules.yaml')]);
  expect(stdout).toContain('SUCCESS');
});

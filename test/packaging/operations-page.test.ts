import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withBench } from '../../scripts/bench-table.ts';
import { AgentMetrics } from '../../src/agent/agent-metrics.ts';
import { ServerMetrics } from '../../src/server/metrics.ts';
import { textOf } from './pages/blocks.ts';

const PAGE = textOf('docs/operations.md');

test('its figures are those of bench/results.json: npm run docs writes them', async () => {
  expect(PAGE).toBe(await withBench(PAGE));
});

test('its table of metrics is what /metrics of server and agent tell', async () => {
  const server = new ServerMetrics();
  server.show({ waiting: async () => 0, running: () => 0, streams: () => 0 });
  const reads = { counts: { sent: 0, shared: 0, repeated: 0 }, underWay: 0 };
  const seen = {
    ready: true,
    checked_at: null,
    api: { reachable: true, server_version: null, reason: null },
    identity: null,
    needed: 0,
    missing: [],
    undecided: [],
  };
  const agent = new AgentMetrics({ reads, seen: () => seen });
  const told = [...`${await server.text()}\n${await agent.text()}`.matchAll(/^# TYPE (sre_orch_\w+) (\w+)$/gm)].map(([, name, kind]) => `${name} ${kind}`);
  const written = [...PAGE.matchAll(/^\| `(sre_orch_\w+)` \| (\w+) \|/gm)].map(([, name, kind]) => `${name} ${kind}`);
  expect(written.sort()).toEqual(told.sort());
});

test('its alerts are those of the chart', () => {
  const chart = readFileSync('charts/sre-orchestrator/templates/monitoring/monitoring.yaml', 'utf8');
  const alerts = [...chart.matchAll(/- alert: (\w+)/g)].map(([, name]) => name);
  expect([...PAGE.matchAll(/`(SreOrchestrator\w+)`/g)].map(([, name]) => name).sort()).toEqual(alerts.sort());
});

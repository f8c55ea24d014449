import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Report } from '../../src/domain/report.ts';
import { investigate } from '../../src/pipeline/investigate.ts';
import { loadRules } from '../../src/rules/load/load-rules.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { openTelemetry } from '../../src/telemetry/live/open-telemetry.ts';
import { json, MisbehavingServer } from '../telemetry/live/misbehaving-server.ts';
import { MISSING, RealServer } from '../telemetry/live/real-servers.ts';
import { throttledHistory } from '../telemetry/live/throttled-history.ts';
import { dependencies, memoryReader } from './memory-reader.ts';

const NOW = Math.floor(Date.now() / 1000);
const AS_OF = new Date(NOW * 1000).toISOString();
const RULES = globSync('rules/{performance,nodes}.yaml', { cwd: resolve(import.meta.dirname, '../..') }).map((path) => ({
  path,
  text: readFileSync(resolve(import.meta.dirname, '../..', path), 'utf8'),
}));

const labels = { app: 'web' };
const owned = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
const template = { metadata: { labels }, spec: { containers: [{ name: 'app', image: 'example/web:1', resources: { limits: { cpu: '1' } } }] } };
const OBJECTS = [
  { kind: 'Namespace', metadata: { name: 'shop' } },
  { kind: 'Node', metadata: { name: 'n1' }, status: { conditions: [{ type: 'Ready', status: 'True' }] } },
  {
    kind: 'Deployment',
    metadata: { namespace: 'shop', name: 'web' },
    spec: { replicas: 2, selector: { matchLabels: labels }, template },
    status: { replicas: 2, readyReplicas: 2 },
  },
  { kind: 'ReplicaSet', metadata: { namespace: 'shop', name: 'web-a', ...owned('Deployment', 'web') }, spec: { replicas: 2, template } },
  ...['web-1', 'web-2'].map((name) => ({
    kind: 'Pod',
    metadata: { namespace: 'shop', name, labels, ...owned('ReplicaSet', 'web-a') },
    spec: { nodeName: 'n1', ...template.spec },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [{ name: 'app', ready: true, restartCount: 0, state: { running: {} } }],
    },
  })),
] as unknown as KubeObject[];

async function reportWith(servers: { prometheus?: string; alertmanager?: string }): Promise<Report> {
  const none = { prometheusTokenFile: undefined, alertmanagerTokenFile: undefined, caFile: undefined, insecureHosts: [] };
  const telemetry = await openTelemetry({ prometheus: servers.prometheus, alertmanager: servers.alertmanager, ...none });
  const deps = { ...dependencies(memoryReader(OBJECTS, { asOf: AS_OF })), rules: compileRules(loadRules(RULES).rules.map(({ rule }) => rule)), telemetry };
  for await (const event of investigate({ incidentId: 'inc-1', description: 'web is slow', namespace: 'shop' }, deps, new AbortController().signal)) {
    if (event.type === 'report-completed') return event.report;
  }
  throw new Error('no report');
}

describe.skipIf(MISSING !== undefined)(`with real servers${MISSING === undefined ? '' : ` (${MISSING})`}`, () => {
  test('series are placed on the workload of their pods, and name the cause', async () => {
    await using prometheus = await RealServer.prometheus({ history: throttledHistory(NOW) });
    const report = await reportWith({ prometheus: prometheus.url });
    expect(report.root_causes.map(({ cause_id, object }) => [cause_id, object.name])).toEqual([['cpu-overload', 'web']]);
    expect(report.root_causes[0]?.mechanism).toContain('throttling 0.01 -> 0.8');
    expect(report.gaps).toEqual([]);
    expect(report.investigation_steps.map(({ text }) => text)).toContainEqual(expect.stringMatching(/^metrics of http:\/\/127\.0\.0\.1:\d+: \d+$/));
  });

  test('alerts are placed by their labels, and cited', async () => {
    await using alertmanager = await RealServer.alertmanager();
    const startsAt = new Date((NOW - 600) * 1000).toISOString();
    await alertmanager.post('/api/v2/alerts', [
      { labels: { alertname: 'CPUThrottlingHigh', namespace: 'shop', pod: 'web-1' }, annotations: { description: '80% throttling of CPU' }, startsAt },
      { labels: { alertname: 'LatencyHigh', namespace: 'shop', service: 'web' }, annotations: { description: 'Normal=3ms -> Current=90ms' }, startsAt },
    ]);
    const report = await reportWith({ alertmanager: alertmanager.url });
    expect(report.root_causes.map(({ cause_id, object }) => [cause_id, object.name])).toEqual([['cpu-overload', 'web']]);
    expect(report.root_causes[0]?.since).toBe(startsAt);
  });
});

describe('servers that do not answer', () => {
  test('cost gaps, and nothing else', async () => {
    await using prometheus = await MisbehavingServer.start(json({}, 500));
    await using alertmanager = await MisbehavingServer.start((_, response) => response.end('<html>'));
    const report = await reportWith({ prometheus: prometheus.url, alertmanager: alertmanager.url });
    expect(report.verdict).toBe('no-fault-found');
    expect(report.gaps.map(({ what, detail }) => `${what.split(' ')[0]}: ${detail}`).toSorted()).toEqual([
      'alerts: its answer is not JSON',
      'metrics: it answers HTTP 500',
    ]);
  });
});

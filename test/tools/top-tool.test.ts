import { describe, expect, test } from 'vitest';
import { openSnapshotReader } from '../../src/cluster/snapshot/open-snapshot-reader.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import { NO_TELEMETRY, type Telemetry } from '../../src/domain/telemetry.ts';
import { inventoryOf } from '../../src/evidence/inventory-of.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import type { ToolAnswer } from '../../src/tools/tool.ts';
import { topTool } from '../../src/tools/top-tool.ts';
import { aDump } from '../llm/agent/a-dump.ts';

const NEVER = new AbortController().signal;
const list = (items: readonly object[]): string => JSON.stringify({ kind: 'List', apiVersion: 'v1', items });
const usage = (pod: string, containers: Readonly<Record<string, readonly [cpu: string, memory: string]>>): object => ({
  kind: 'PodMetrics',
  apiVersion: 'metrics.k8s.io/v1beta1',
  metadata: { name: pod, namespace: 'calm' },
  timestamp: '2026-01-31T09:59:30Z',
  window: '15s',
  containers: Object.entries(containers).map(([name, [cpu, memory]]) => ({ name, usage: { cpu, memory } })),
});
const node = { kind: 'NodeMetrics', apiVersion: 'metrics.k8s.io/v1beta1', metadata: { name: 'node-a' }, usage: { cpu: '500m', memory: '2Gi' } };
const NODES = list([{ kind: 'Node', apiVersion: 'v1', metadata: { name: 'node-a' }, status: { allocatable: { cpu: '2', memory: '8Gi' } } } as KubeObject]);

async function top(files: Readonly<Record<string, string>>, given: object, telemetry: Telemetry = NO_TELEMETRY): Promise<ToolAnswer> {
  const snapshot = aDump({
    files,
    pod: (pod) => {
      const { containers } = pod['spec'] as { containers: Record<string, unknown>[] };
      for (const container of containers) container['resources'] = { limits: { memory: '64Mi', cpu: '100m' }, requests: { memory: '32Mi' } };
    },
  });
  await using reader = await openSnapshotReader(snapshot);
  const inventory = inventoryOf([], { telemetry });
  const sources = { reader, knowledge: undefined as never, rules: [], metrics: undefined, redactor: createRedactor(), namespace: 'calm' };
  return topTool({ ...sources, inventory: async () => inventory, graph: async () => undefined as never }).run(given, NEVER);
}

const linesOf = ({ pieces }: ToolAnswer): string[] => pieces.flatMap(({ excerpt }) => excerpt.split('\n'));
const USED = list([usage('idle-1', { app: ['250m', '10Mi'] }), usage('web-6c9f-z1', { web: ['80m', '48Mi'], proxy: ['5m', '900Ki'] })]);

describe('top', () => {
  test('tells what containers use beside their requests and limits, the hungriest first', async () => {
    expect(linesOf(await top({ 'calm/podmetrics.json': USED }, {}))).toEqual([
      'usage of pods (metrics.k8s.io), as of 2026-01-31T09:59:30Z over 15s:',
      'calm/web-6c9f-z1 web: memory 48Mi of limit 64Mi (75 %), request 32Mi; cpu 80m of limit 100m (80 %)',
      'calm/idle-1 app: memory 10Mi (no limit); cpu 250m (no limit)',
      'calm/web-6c9f-z1 proxy: memory 900Ki (no limit); cpu 5m (no limit)',
    ]);
  });

  test('sums pods, and promises no limit where one of the containers has none', async () => {
    expect(linesOf(await top({ 'calm/podmetrics.json': USED }, { what: 'pods', of: 'cpu' })).slice(1)).toEqual([
      'calm/idle-1: cpu 250m (no limit); memory 10Mi (no limit)',
      'calm/web-6c9f-z1: cpu 85m (no limit); memory 49Mi (no limit)',
    ]);
  });

  test('tells what nodes use of what they can give', async () => {
    expect(linesOf(await top({ 'nodemetrics.json': list([node]), 'nodes.json': NODES }, { what: 'nodes' }))).toEqual([
      'usage of nodes (metrics.k8s.io):',
      'node-a: memory 2048Mi of allocatable 8192Mi (25 %); cpu 500m of allocatable 2000m (25 %)',
    ]);
  });

  test('falls back on the series that were read, and says what it lacks where there are none', async () => {
    const series = [
      { name: 'container_memory_working_set_bytes', labels: { namespace: 'calm', pod: 'web-6c9f-z1' }, samples: [[1_769_853_600, 5e7]] as const },
    ];
    expect(linesOf(await top({}, {}, { ...NO_TELEMETRY, series }))).toEqual([
      'container_memory_working_set_bytes{namespace="calm",pod="web-6c9f-z1"}: 50000000',
    ]);
    expect((await top({}, {})).note).toContain('it needs calm/podmetrics.json in the dump');
  });
});

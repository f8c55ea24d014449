import { describe, expect, test } from 'vitest';
import { NO_TELEMETRY } from '../../src/domain/telemetry.ts';
import { readTelemetryFiles } from '../../src/telemetry/read-telemetry-files.ts';

const read = (files: Record<string, unknown>) =>
  readTelemetryFiles(async (name) => (typeof files[name] === 'string' ? files[name] : files[name] === undefined ? undefined : JSON.stringify(files[name])));

describe('readTelemetryFiles', () => {
  test('without files there is no telemetry, and no problem', async () => {
    expect(await read({})).toEqual({ telemetry: NO_TELEMETRY, problems: [] });
  });

  test('reads every file', async () => {
    const { telemetry, problems } = await read({
      'alerts.json': [{ labels: { alertname: 'Slow' }, startsAt: '2026-01-01T10:00:00Z', endsAt: '0001-01-01T00:00:00Z', status: { state: 'active' } }],
      'metrics.om': 'up 1 1700000000\n',
      'node-services.json': [{ node: 'n1', service: 'kubelet', active: 'inactive', sub: 'dead', loaded: 'x', output: 'o' }],
      'connectivity.json': [{ namespace: 'shop', service: 'api', port: 80, reachable: false, output: 'refused' }],
      'service-dependencies.json': [{ service: 'web', upstream: [], downstream: ['api'], output: 'tree' }],
      'node-allocations.json': [{ node: 'n1', pods: [{ namespace: 'shop', name: 'api-1', requests: { cpu: '100m' }, age: '1d' }] }],
    });
    expect(problems).toEqual([]);
    expect(telemetry).toEqual({
      alerts: [{ labels: { alertname: 'Slow' }, annotations: {}, startsAt: '2026-01-01T10:00:00Z', state: 'active' }],
      series: [{ name: 'up', labels: {}, samples: [[1_700_000_000, 1]] }],
      nodeServices: [{ node: 'n1', service: 'kubelet', active: 'inactive', sub: 'dead', since: null, output: 'o' }],
      connectivity: [{ namespace: 'shop', service: 'api', port: 80, reachable: false, output: 'refused', checks: [] }],
      serviceDependencies: [{ service: 'web', upstream: [], downstream: ['api'] }],
      nodeAllocations: [{ node: 'n1', pods: [{ namespace: 'shop', name: 'api-1', requests: { cpu: '100m' } }] }],
    });
  });

  test('a check that did not run says neither yes nor no', async () => {
    const { telemetry } = await read({
      'connectivity.json': [
        {
          namespace: 'shop',
          service: 'api',
          port: 80,
          checks: [
            { fromNode: 'n1', reachable: null, output: '' },
            { fromNode: 'n2', reachable: true, output: 'open' },
          ],
        },
        { namespace: 'shop', service: 'web', port: 80, checks: [{ fromNode: 'n1', reachable: null }] },
      ],
    });
    expect(telemetry.connectivity).toEqual([
      { namespace: 'shop', service: 'api', port: 80, reachable: true, output: '', checks: [{ fromNode: 'n2', reachable: true, output: 'open' }] },
    ]);
  });

  test("takes alerts out of Prometheus' envelope", async () => {
    const { telemetry } = await read({
      'alerts.json': { data: { alerts: [{ labels: {}, annotations: {}, state: 'firing', activeAt: '2026-01-01T10:00:00Z' }] } },
    });
    expect(telemetry.alerts).toEqual([{ labels: {}, annotations: {}, startsAt: '2026-01-01T10:00:00Z', state: 'firing' }]);
  });

  test('names what is damaged, and uses the rest', async () => {
    const { telemetry, problems } = await read({
      'alerts.json': '[{"labels":',
      'connectivity.json': '{}',
      'node-services.json': [{ node: 1 }, { node: 'n1', service: 'kubelet', active: 'active' }],
      'metrics.om': 'up one\n',
    });
    expect(telemetry.nodeServices).toHaveLength(1);
    expect(problems.sort()).toEqual([
      'alerts.json: it is not a JSON list of records',
      'connectivity.json: it is not a JSON list of records',
      'metrics.om: 1 of its lines are no samples',
      'node-services.json: 1 of its 2 records have another shape and were passed over',
    ]);
  });

  test('an alert without a time is refused', async () => {
    expect((await read({ 'alerts.json': [{ labels: {} }] })).problems).toEqual(['alerts.json: 1 of its 1 records have another shape and were passed over']);
  });
});

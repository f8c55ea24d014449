import { describe, expect, test } from 'vitest';
import { Alertmanager } from '../../../src/telemetry/live/alertmanager.ts';
import { openAccess } from '../../../src/telemetry/live/server-access.ts';
import { json, MisbehavingServer } from './misbehaving-server.ts';
import { MISSING, RealServer } from './real-servers.ts';

const never = new AbortController().signal;
const open = async (url: string): Promise<Alertmanager> => new Alertmanager(await openAccess({ url, tokenFile: undefined, caFile: undefined }));
const HOUR = { namespaces: ['shop'], since: new Date(Date.now() - 3_600_000).toISOString(), until: new Date(Date.now() + 60_000).toISOString() };
const alert = (alertname: string, labels: Record<string, string> = {}) => ({
  labels: { alertname, ...labels },
  annotations: { summary: `${alertname} fires` },
  startsAt: new Date(Date.now() - 600_000).toISOString(),
});

describe.skipIf(MISSING !== undefined)(`a real Alertmanager${MISSING === undefined ? '' : ` (${MISSING})`}`, () => {
  test('tells the alerts of the namespace, of nodes and of the whole cluster; silenced ones are marked', async () => {
    await using server = await RealServer.alertmanager();
    await server.post('/api/v2/alerts', [
      alert('Slow', { namespace: 'shop', service: 'web' }),
      alert('Silenced', { namespace: 'shop' }),
      alert('Elsewhere', { namespace: 'billing' }),
      alert('NodeSlow', { namespace: 'monitoring', node: 'n1' }),
      alert('Watchdog'),
    ]);
    const endsAt = new Date(Date.now() + 600_000).toISOString();
    await server.post('/api/v2/silences', {
      ...{ matchers: [{ name: 'alertname', value: 'Silenced', isRegex: false, isEqual: true }], startsAt: new Date().toISOString(), endsAt },
      ...{ createdBy: 'test', comment: 'test' },
    });
    const alertmanager = await open(server.url);
    const { items, gaps } = await alertmanager.alerts(HOUR, never);
    expect(gaps).toEqual([]);
    expect(items.map(({ labels, state }) => `${labels['alertname']} ${state}`).toSorted()).toEqual([
      'NodeSlow active',
      'Silenced suppressed',
      'Slow active',
      'Watchdog active',
    ]);
    expect(items.find(({ labels }) => labels['alertname'] === 'Slow')).toMatchObject({ annotations: { summary: 'Slow fires' }, labels: { service: 'web' } });
    expect((await alertmanager.probe(never)).items[0]).toMatch(/^Alertmanager \d/);
  });
});

describe('an Alertmanager that does not answer well', () => {
  test.each([
    ['a server error', json({}, 500), 'it answers HTTP 500'],
    ['something else', json({ data: [] }), 'its answer is not a list of alerts'],
  ])('%s is a gap', async (_, answer, detail) => {
    await using server = await MisbehavingServer.start(answer);
    expect(await (await open(server.url)).alerts(HOUR, never)).toEqual({
      items: [],
      gaps: [{ what: `alerts of ${server.url}`, why: 'not-collected', needs: `an answer of ${server.url}`, detail }],
    });
  });

  test('what is no alert is passed over and told, and too many are cut', async () => {
    const alerts = Array.from({ length: 2_100 }, (_, index) => alert(`A${index}`, { namespace: 'shop' }));
    await using server = await MisbehavingServer.start(json([{ no: 'labels' }, ...alerts]));
    const { items, gaps } = await (await open(server.url)).alerts(HOUR, never);
    expect(items).toHaveLength(2_000);
    expect(gaps.map(({ why, detail }) => `${why}: ${detail}`)).toEqual([
      'unreadable: 1 of 2101 have another shape',
      'truncated: only the first 2000 of 2100 were read',
    ]);
  });

  test('another server is not taken for one', async () => {
    await using server = await MisbehavingServer.start(json({ hello: 'world' }));
    expect((await (await open(server.url)).probe(never)).gaps).toMatchObject([{ detail: 'what answers there is no Alertmanager' }]);
  });
});

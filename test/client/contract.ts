import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { IncidentClient } from '../../src/client/investigation-client.ts';
import type { LocalEngine } from '../../src/client/local.ts';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { coded } from '../../src/errors/coded-error.ts';
import { atOnce, untilStopped } from '../fixtures/engines.ts';

export interface OpenedClient extends AsyncDisposable {
  readonly client: IncidentClient;
}

const NEVER = new AbortController().signal;
const asked = (description: string, namespace = 'shop') => ({ incidentId: 'inc-1234567890', description, namespace });

async function all(events: AsyncIterable<InvestigationEvent>): Promise<InvestigationEvent[]> {
  const seen: InvestigationEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** What every IncidentClient promises; `open` gets the engine that stands behind it. */
export function describeInvestigationClient(name: string, open: (investigate: LocalEngine['investigate']) => Promise<OpenedClient>): void {
  describe(`${name} keeps the IncidentClient contract`, () => {
    test('the events of a run in order, the report last, and the same again for whoever follows', async () => {
      await using opened = await open(atOnce);
      const { client } = opened;
      const events = await all(client.investigate(asked('checkout is failing'), NEVER));
      expect(events.map(({ type }) => type)).toEqual(['investigation-started', 'stage-started', 'report-completed']);
      expect(await all(client.follow('last', NEVER))).toEqual(events);
    });

    test('the report by id, by the beginning of one, and as the last', async () => {
      await using opened = await open(atOnce);
      const { client } = opened;
      const last = (await all(client.investigate(asked('checkout is failing', 'orders'), NEVER))).at(-1);
      if (last?.type !== 'report-completed') throw new Error('no report came');
      for (const id of [last.report.incident_id, last.report.incident_id.slice(0, -1), 'last']) expect(await client.report(id)).toEqual(last.report);
    });

    test('the list, by what is asked of it', async () => {
      await using opened = await open(atOnce);
      const { client } = opened;
      for (const namespace of ['shop', 'orders', 'shop'])
        await all(client.investigate({ ...asked(`of ${namespace}`, namespace), incidentId: `inc-${Math.random()}` }, NEVER));
      expect((await client.incidents({})).map(({ description }) => description)).toEqual(['of shop', 'of orders', 'of shop']);
      expect(await client.incidents({ namespace: 'orders' })).toMatchObject([{ status: 'completed', title: 'Insufficient Memory', namespaces: ['orders'] }]);
      expect(await client.incidents({ limit: 2 })).toHaveLength(2);
      expect(await client.incidents({ cause: 'nothing like it' })).toEqual([]);
    });

    test('aborting stops the run, and its report still comes', async () => {
      await using opened = await open(untilStopped);
      const stop = new AbortController();
      const events: InvestigationEvent[] = [];
      for await (const event of opened.client.investigate(asked('checkout is failing'), stop.signal)) {
        events.push(event);
        stop.abort();
      }
      expect(events.at(-1)?.type).toBe('report-completed');
    });

    test('what is not there, and what has no report yet, is said with the same codes', async () => {
      await using opened = await open(untilStopped);
      const { client } = opened;
      await expect(client.report('inc-ffff')).rejects.toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
      const stop = new AbortController();
      const running = all(client.investigate(asked('checkout is failing'), stop.signal));
      while ((await client.incidents({})).length === 0) await sleep(10);
      await expect(client.report('last')).rejects.toMatchObject({ code: 'INCIDENT_WITHOUT_REPORT' });
      stop.abort();
      await running;
    });

    test('the same is asked again, as a new incident', async () => {
      const requests: InvestigationRequest[] = [];
      await using opened = await open(async function* (request, signal) {
        requests.push(request);
        yield* atOnce(request, signal);
      });
      const { client } = opened;
      await all(client.investigate({ ...asked('checkout is failing', 'orders'), since: '2026-01-31T09:00:00.000Z' }, NEVER));
      const first = (await client.report('last')).incident_id;
      const events = await all(client.rerun(first.slice(0, -1), 'inc-0987654321', NEVER));
      expect(events.at(-1)?.type).toBe('report-completed');
      expect(requests[1]).toMatchObject({ description: 'checkout is failing', namespace: 'orders', againOf: first });
      expect((await client.incidents({})).map(({ incident_id: id }) => id)).toEqual([expect.not.stringContaining(first), first]);
      await expect(all(client.rerun('inc-ffff', 'inc-0', NEVER))).rejects.toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    });

    test('a run is ended by whoever has its id: its report says so, and it cannot be ended twice', async () => {
      await using opened = await open(untilStopped);
      const { client } = opened;
      const running = all(client.investigate(asked('checkout is failing'), NEVER));
      while ((await client.incidents({ status: 'investigating' })).length === 0) await sleep(10);
      const { incident_id: id, status } = await client.cancel('last');
      expect(status).toBe('investigating');
      expect((await running).at(-1)).toMatchObject({ type: 'report-completed', report: { incident_id: id, status: 'cancelled' } });
      expect(await client.report(id)).toMatchObject({ status: 'cancelled' });
      await expect(client.cancel(id)).rejects.toMatchObject({ code: 'INCIDENT_ENDED' });
    });

    test('what people say of an answer is kept with it, without secrets', async () => {
      await using opened = await open(atOnce);
      const { client } = opened;
      await all(client.investigate(asked('checkout is failing'), NEVER));
      expect(await client.told('last')).toEqual([]);
      const said = await client.tell('last', { right: false, note: 'it was the proxy, password=hunter2hunter2' });
      expect(said).toMatchObject({ right: false, cause_id: 'container-memory-limit-exceeded', note: expect.stringMatching(/^it was the proxy/) });
      expect(JSON.stringify(said)).not.toContain('hunter2');
      await client.tell('last', { right: true, cause_id: 'another' });
      expect(await client.told('last')).toMatchObject([said, { right: true, cause_id: 'another', note: null }]);
      await expect(client.tell('inc-ffff', { right: true })).rejects.toMatchObject({ code: 'INCIDENT_NOT_FOUND' });
    });

    test('a run that fails throws, with its reason', async () => {
      // biome-ignore lint/correctness/useYield: it never comes to that
      await using opened = await open(async function* () {
        throw coded('NAMESPACE_UNKNOWN', { name: 'shopp', near: ['shop'] });
      });
      await expect(all(opened.client.investigate(asked('x'), NEVER))).rejects.toThrow('There is no namespace shopp; near: shop');
    });
  });
}

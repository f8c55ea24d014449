import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { InvestigationClient } from '../../src/client/investigation-client.ts';
import type { LocalEngine } from '../../src/client/local.ts';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import { coded } from '../../src/errors/coded-error.ts';
import { atOnce, untilStopped } from '../fixtures/engines.ts';

export interface OpenedClient extends AsyncDisposable {
  readonly client: InvestigationClient;
}

const NEVER = new AbortController().signal;
const asked = (description: string, namespace = 'shop') => ({ incidentId: 'inc-1234567890', description, namespace });

async function all(events: AsyncIterable<InvestigationEvent>): Promise<InvestigationEvent[]> {
  const seen: InvestigationEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

/** What every InvestigationClient promises; `open` gets the engine that stands behind it. */
export function describeInvestigationClient(name: string, open: (investigate: LocalEngine['investigate']) => Promise<OpenedClient>): void {
  describe(`${name} keeps the InvestigationClient contract`, () => {
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

    test('a run that fails throws, with its reason', async () => {
      // biome-ignore lint/correctness/useYield: it never comes to that
      await using opened = await open(async function* () {
        throw coded('NAMESPACE_UNKNOWN', { name: 'shopp', near: ['shop'] });
      });
      await expect(all(opened.client.investigate(asked('x'), NEVER))).rejects.toThrow('There is no namespace shopp; near: shop');
    });
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Report } from '../../../src/domain/report.ts';
import type { Home } from '../program.ts';
import { AServed } from './a-served.ts';

const LONGEST_MS = 1_500;

/**
 * Servers that are killed at random moments while they are asked, one after the other, over one store. What the last one then shows:
 * everything that was accepted ended, in a report or a reason, and once.
 */
export async function killRounds(home: Home, rounds: number, ...args: readonly string[]): Promise<void> {
  const accepted = new Map<string, string>();
  for (let round = 0; round < rounds; round += 1) {
    await using server = await AServed.start(home, '--queue', '5000', ...args);
    const until = performance.now() + Math.random() * LONGEST_MS;
    const asking = (async () => {
      for (let n = 0; n < 3 && server.isThere; n += 1) {
        const words = `checkout is failing, round ${round}, ${n}`;
        const id = await server.post(words);
        if (id !== undefined) accepted.set(id, words);
      }
    })();
    await sleep(Math.max(0, until - performance.now()));
    await server.end('SIGKILL');
    await asking;
  }
  await using last = await AServed.start(home, '--queue', '5000', ...args);
  const incidents = await last.settled();
  const byId = new Map(incidents.map((each) => [each.incident_id, each]));
  expect(byId.size).toBe(incidents.length);
  expect(new Set(incidents.map(({ description }) => description)).size).toBe(incidents.length);
  for (const [id, words] of accepted) {
    const incident = byId.get(id);
    expect(incident).toMatchObject({ incident_id: id, description: words });
    const { status, error_message: reason } = incident ?? { status: 'lost', error_message: null };
    expect(status === 'completed' || (status === 'failed' && reason !== null), `${id}: ${status}`).toBe(true);
  }
  for (const { incident_id: id, status } of incidents.slice(0, 10)) {
    const report = await last.read<Report>(`/api/v1/incidents/${id}`);
    expect(report.status).toBe(status);
    // Its events are told to their end, the report once.
    const events = await (await fetch(`${last.url}/api/v1/incidents/${id}/events`)).text();
    expect(events.match(/^event: report-completed$/gm)?.length ?? 0).toBe(status === 'completed' ? 1 : 0);
  }
  expect(incidents.filter(({ status }) => status === 'completed').length).toBeGreaterThan(0);
  expect(await last.end('SIGTERM')).toBe(0);
}

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APostgres, MISSING } from '../../store/postgres/a-postgres.ts';
import { Home } from '../program.ts';
import { AServed } from './a-served.ts';

/** Incidents for the servers together; the gate gives them 500. */
const MANY = Number(process.env['GATE_INCIDENTS'] ?? 16);
const FEW = 6;
const LONG = 900_000;
let postgres: APostgres;
let count = 0;

/** Servers over one database, in homes of their own. */
async function replicas(number: number): Promise<{ servers: AServed[] } & AsyncDisposable> {
  const store = await postgres.database(`r${++count}`);
  const homes = Array.from({ length: number }, () => new Home());
  const servers = await Promise.all(homes.map((home) => AServed.start(home, '--queue', '5000', '--store', store)));
  return {
    servers,
    async [Symbol.asyncDispose]() {
      await Promise.all(servers.map((each) => each.end('SIGKILL')));
      for (const home of homes) home[Symbol.dispose]();
    },
  };
}

/** Which server began which incident, as they say themselves. */
function begun(servers: readonly AServed[]): string[][] {
  return servers.map((server) => server.log().flatMap(({ msg, incident_id: id }) => (msg === 'investigation started' ? [String(id)] : [])));
}

/** Asks the servers in turn; the ids that were accepted. */
async function ask(servers: readonly AServed[], number: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < number; n += 1) {
    const id = await servers[n % servers.length]?.post(`checkout is failing, ${n}`);
    if (id !== undefined) ids.push(id);
  }
  return ids;
}

describe.skipIf(MISSING)('servers that share one PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await APostgres.start();
  }, 60_000);
  afterAll(() => postgres[Symbol.asyncDispose]());

  test.each([2, 4])(
    '%i of them investigate each incident once, and share the work',
    async (number) => {
      await using group = await replicas(number);
      const ids = await ask(group.servers, MANY);
      expect(ids).toHaveLength(MANY);
      const incidents = await group.servers[0]?.settled();
      expect(incidents?.map(({ incident_id, status }) => `${incident_id} ${status}`).sort()).toEqual(ids.map((id) => `${id} completed`).sort());
      const each = begun(group.servers);
      expect(each.flat().sort()).toEqual([...ids].sort());
      expect(each.every((some) => some.length > 0)).toBe(true);
    },
    LONG,
  );

  test(
    'one is killed in the middle: its work is taken over within the lease',
    async () => {
      await using group = await replicas(2);
      const [one, other] = group.servers as [AServed, AServed];
      const ids = await ask(group.servers, FEW);
      while (begun([one]).flat().length === 0) await sleep(5);
      await one.end('SIGKILL');
      const killedAt = Date.now();
      const incidents = await other.settled();
      expect(incidents.map(({ incident_id, status }) => `${incident_id} ${status}`).sort()).toEqual(ids.map((id) => `${id} completed`).sort());
      const [first = [], second = []] = begun([one, other]);
      const twice = first.filter((id) => second.includes(id));
      expect(new Set(second).size).toBe(second.length);
      // The lease, and a third of it until somebody looks: with time to spare on a busy machine.
      const takenOver = other.log().find(({ msg }) => msg === 'took over what a process left behind');
      if (twice.length > 0) expect(Date.parse(String(takenOver?.['time'])) - killedAt).toBeLessThan(9_000);
    },
    LONG,
  );

  test(
    'what one investigates is followed and cancelled at another',
    async () => {
      await using group = await replicas(2);
      const [one, other] = group.servers as [AServed, AServed];
      const ids = await ask([one], FEW);
      const followed = await Promise.all(ids.map(async (id) => (await fetch(`${other.url}/api/v1/incidents/${id}/events`)).text()));
      for (const events of followed) {
        const seen = [...events.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
        expect(seen).toEqual(seen.map((_, n) => n + 1));
        expect(events.match(/^event: (report-completed|incident-closed)$/gm)).toEqual(['event: report-completed', 'event: incident-closed']);
      }
      const more = await ask([one], FEW);
      const cancel = async (id: string) => (await fetch(`${other.url}/api/v1/incidents/${id}/cancel`, { method: 'POST' })).status;
      const answers = await Promise.all(more.map(cancel));
      expect(answers.every((status) => status === 202 || status === 409)).toBe(true);
      const ended = (await other.settled()).filter(({ incident_id: id }) => more.includes(id));
      expect(ended.filter(({ status }) => status === 'cancelled').length).toBeGreaterThan(0);
      expect(ended.every(({ status }) => status === 'cancelled' || status === 'completed')).toBe(true);
    },
    LONG,
  );

  test(
    'the database is started again in the middle: the servers go on by themselves, and nothing is lost',
    async () => {
      await using group = await replicas(2);
      const before = await ask(group.servers, FEW);
      await postgres.stop();
      expect(await ask(group.servers, 2)).toEqual([]);
      expect((await fetch(`${group.servers[0]?.url}/readyz`)).status).toBe(503);
      expect((await fetch(`${group.servers[0]?.url}/livez`)).status).toBe(200);
      await postgres.startAgain();
      const after: string[] = [];
      while (after.length < FEW) after.push(...(await ask(group.servers, 1)));
      const incidents = await group.servers[1]?.settled();
      expect(incidents?.map(({ incident_id, status }) => `${incident_id} ${status}`).sort()).toEqual(
        [...before, ...after].map((id) => `${id} completed`).sort(),
      );
      expect(group.servers.every(({ isThere }) => isThere)).toBe(true);
    },
    LONG,
  );
});

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Incident } from '../../../src/domain/incident.ts';
import type { Report } from '../../../src/domain/report.ts';
import { slowCluster } from '../../fixtures/slow-cluster.ts';
import { APostgres, MISSING } from '../../store/postgres/a-postgres.ts';
import { expectCode, Home } from '../program.ts';
import { AServed } from './a-served.ts';

/** Incidents for the servers together; the gate gives them 500. */
const MANY = Number(process.env['GATE_INCIDENTS'] ?? 16);
const FEW = 6;
const LONG = 900_000;
let postgres: APostgres;
let count = 0;

/** Servers over one database, in homes of their own. */
async function replicas(number: number, ...args: readonly string[]): Promise<{ servers: AServed[]; store: string } & AsyncDisposable> {
  const store = await postgres.database(`r${++count}`);
  const homes = Array.from({ length: number }, () => new Home());
  const servers = await Promise.all(homes.map((home) => AServed.start(home, '--queue', '5000', '--store', store, ...args)));
  return {
    servers,
    store,
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
    'a run in the middle of its reads is ended from another server, at once and with its report',
    async () => {
      using home = new Home();
      await using slow = await slowCluster({ folder: home.path, otherwise: 'hang' });
      // Nobody looks before the lease is a third over: what comes sooner was told.
      await using group = await replicas(2, '--kubeconfig', slow.kubeconfig, '--lease', '120s');
      const [one, other] = group.servers as [AServed, AServed];
      const [id = ''] = await ask([one], 1);
      while (slow.requests.length === 0) await sleep(20);
      const elsewhere = begun([one]).flat().includes(id) ? other : one;
      expect(begun([elsewhere]).flat()).toEqual([]);
      const cancelledAt = performance.now();
      const answer = await fetch(`${elsewhere.url}/api/v1/incidents/${id}/cancel`, { method: 'POST' });
      expect([answer.status, await answer.json()]).toEqual([202, { incident_id: id, status: 'investigating' }]);
      const [ended] = await elsewhere.settled();
      expect(ended).toMatchObject({ incident_id: id, status: 'cancelled', verdict: 'undetermined' });
      expect(performance.now() - cancelledAt).toBeLessThan(15_000);
      const report = await elsewhere.read<Report>(`/api/v1/incidents/${id}`);
      expect(report.gaps.length).toBeGreaterThan(0);
      const events = await (await fetch(`${elsewhere.url}/api/v1/incidents/${id}/events`)).text();
      expect(events).toContain(`event: incident-closed\ndata: {"incident_id":"${id}","status":"cancelled"`);
    },
    LONG,
  );

  test(
    'the run of a terminal is ended by way of a server that shares its store',
    async () => {
      using home = new Home();
      await using slow = await slowCluster({ folder: home.path, otherwise: 'hang' });
      await using group = await replicas(1);
      const [server] = group.servers as [AServed];
      const running = home.start(['investigate', 'checkout is failing', '--kubeconfig', slow.kubeconfig, '--store', group.store, '-o', 'json']);
      const listed = async () => (await server.read<{ items: Incident[] }>('/api/v1/incidents')).items;
      while ((await listed()).length === 0) await sleep(50);
      const [{ incident_id: id } = { incident_id: '' }] = await listed();
      using elsewhere = new Home();
      const { stdout } = expectCode(await elsewhere.run(['cancel', id, '--server', server.url, '-o', 'json']), 0);
      expect(JSON.parse(stdout)).toEqual({ incident_id: id, status: 'investigating' });
      const ended = await running.ended;
      expect(JSON.parse(ended.stdout)).toMatchObject({ incident_id: id, status: 'cancelled', verdict: 'undetermined' });
      expect(await listed()).toMatchObject([{ incident_id: id, status: 'cancelled' }]);
      expect((await elsewhere.run(['cancel', id, '--server', server.url])).stderr).toContain('INCIDENT_ENDED');
    },
    LONG,
  );

  test(
    'an answer that is cut off at one is gone on with at another, from the message that came last',
    async () => {
      await using group = await replicas(2);
      const [one, other] = group.servers as [AServed, AServed];
      const [id = ''] = await ask([one], 1);
      await one.settled();
      const headers = { 'content-type': 'application/json' };
      const cut = new AbortController();
      const options = { method: 'POST', headers, body: JSON.stringify({ question: 'is it fixed?' }), signal: cut.signal };
      const answer = await fetch(`${one.url}/api/v1/incidents/${id}/questions`, options);
      const reader = answer.body?.getReader();
      const first = new TextDecoder().decode((await reader?.read())?.value);
      cut.abort();
      const last = [...first.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1] ?? '0';
      const rest = await fetch(`${other.url}${answer.headers.get('location')}`, { headers: { 'last-event-id': last } });
      expect(rest.status).toBe(200);
      const text = await rest.text();
      const numbers = [...(first + text).matchAll(/^id: (\d+)$/gm)].map(([, number]) => Number(number));
      expect(numbers).toEqual(numbers.map((_, n) => n + 1));
      expect(first + text).toContain('event: report-completed');
      expect(first + text).toMatch(/event: question-answered\ndata: \{"incident_id":"inc-[0-9a-f]+"\}\n\n$/);
      // Its server ends: what was told whole is still told.
      await one.end('SIGTERM');
      const again = await fetch(`${other.url}${answer.headers.get('location')}`);
      expect((await again.text()).match(/^id: \d+$/gm)).toHaveLength(numbers.length);
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

import { describe, expect, test } from 'vitest';
import type { InvestigationEvent } from '../../src/domain/investigation-event.ts';
import type { ApiKeyRepository } from '../../src/store/api-key-repository.ts';
import type { IncidentRepository } from '../../src/store/incident-repository.ts';
import type { JobQueue, NewJob } from '../../src/store/job-queue.ts';
import type { Outbox } from '../../src/store/outbox.ts';
import type { IncidentRecord, RecordRepository } from '../../src/store/record-repository.ts';
import type { Retention } from '../../src/store/retention.ts';
import type { VectorStore } from '../../src/store/vector-store.ts';
import { aReport } from '../fixtures/report.ts';

/** What one process has of a store that others share. */
export interface Process {
  readonly incidents: IncidentRepository & VectorStore;
  readonly queue: JobQueue;
  readonly keys: ApiKeyRepository;
  readonly retention: Retention;
  readonly records: RecordRepository;
  readonly outbox: Outbox;
}

export interface SharedStore extends AsyncDisposable {
  /** Two processes that are there. */
  readonly one: Process;
  readonly other: Process;
  /** A third, and what makes the others see that it is gone. */
  readonly dying: Process;
  dies(): Promise<void>;
}

const AT = '2026-01-31T10:00:00.000Z';
const idOf = (n: number): string => `inc-${String(n).padStart(10, '0')}`;
const incident = (n: number, createdAt = AT) => ({ incidentId: idOf(n), description: 'checkout is failing', createdAt });
const job = (n: number, given: Partial<NewJob> = {}): NewJob => ({
  ...incident(n),
  request: { incidentId: idOf(n), description: 'checkout is failing' },
  source: null,
  context: null,
  idempotencyKey: null,
  carried: null,
  maxWaiting: 100,
  ...given,
});
const stage = (name: string): InvestigationEvent => ({ type: 'stage-started', stage: name, at: AT });

/** What holds for every store, wherever it keeps things. */
export function storeContract(name: string, open: () => Promise<SharedStore>): void {
  describe(`${name}: incidents`, () => {
    test('what one process keeps, another reads', async () => {
      await using store = await open();
      const { one, other } = store;
      await one.incidents.create(incident(1));
      expect(await other.incidents.list({})).toMatchObject([{ incident_id: idOf(1), status: 'investigating', verdict: null, created_at: AT }]);
      await one.incidents.appendEvents(idOf(1), [stage('entities'), stage('evidence')]);
      await one.incidents.appendEvents(idOf(1), [stage('scope')]);
      await one.incidents.complete(aReport());
      expect(await other.incidents.events(idOf(1))).toEqual([stage('entities'), stage('evidence'), stage('scope')]);
      expect(await other.incidents.events(idOf(1), 2)).toEqual([stage('scope')]);
      const title = { title: 'Insufficient Memory', object: 'Deployment shop/checkout', completed_at: aReport().completed_at, namespaces: ['shop'] };
      expect(await other.incidents.find('00000')).toEqual({
        status: 'found',
        report: aReport(),
        reportText: JSON.stringify(aReport()),
        incident: expect.objectContaining(title),
      });
    });

    test('are found by id, prefix and `last`, and it is said when a prefix is not enough', async () => {
      await using store = await open();
      const { incidents } = store.one;
      await incidents.create(incident(1));
      await incidents.create(incident(2, '2026-01-31T11:00:00Z'));
      expect(await incidents.find(idOf(1))).toMatchObject({ status: 'found' });
      expect(await incidents.find('0000000002')).toMatchObject({ incident: { incident_id: idOf(2) } });
      expect(await incidents.find('last')).toMatchObject({ incident: { incident_id: idOf(2) } });
      expect(await incidents.find('inc-0')).toEqual({ status: 'ambiguous', candidates: [idOf(1), idOf(2)] });
      for (const none of ['inc-f', '%', '', 'inc-', 'inc-\0']) expect(await incidents.find(none)).toEqual({ status: 'not-found' });
    });

    test('are listed newest first, and narrowed', async () => {
      await using store = await open();
      const { incidents } = store.one;
      for (const [n, hour] of ['10', '12', '11', '11'].entries()) await incidents.create(incident(n + 1, `2026-01-31T${hour}:00:00.000Z`));
      await incidents.complete(aReport({ incident_id: idOf(3) }));
      await incidents.fail(idOf(1), 'no cluster', AT);
      const ids = async (filter: Parameters<IncidentRepository['list']>[0]) => (await incidents.list(filter)).map((row) => row.incident_id);
      expect(await ids({})).toEqual([2, 4, 3, 1].map(idOf));
      expect(await ids({ limit: 2 })).toEqual([2, 4].map(idOf));
      expect(await ids({ before: idOf(4) })).toEqual([3, 1].map(idOf));
      expect(await ids({ namespace: 'shop' })).toEqual([idOf(3)]);
      expect(await ids({ within: ['shop', 'data'] })).toEqual([idOf(3)]);
      expect(await ids({ within: ['data'] })).toEqual([]);
      expect(await ids({ cause: 'MEMORY' })).toEqual([idOf(3)]);
      expect(await ids({ since: '2026-01-31T11:30:00Z' })).toEqual([idOf(2)]);
      expect(await incidents.list({ status: 'failed' })).toMatchObject([{ error_message: 'no cluster' }]);
      expect(await ids({ status: 'investigating', limit: 1 })).toEqual([idOf(2)]);
    });

    test('any words are kept, also those that a database would rather not', async () => {
      await using store = await open();
      const description = `it's "down" \\ $1 ${'ü€🚒'}; DROP TABLE incidents; -- ${'x'.repeat(10_000)}`;
      await store.one.incidents.create({ ...incident(1), description });
      expect(await store.one.incidents.find('last')).toMatchObject({ incident: { description } });
      await store.one.incidents.create({ ...incident(2, '2026-01-31T11:00:00Z'), description: 'a\0b' });
      expect(await store.one.incidents.find('last')).toMatchObject({ incident: { description: expect.stringMatching(/^a.b$/s) } });
    });
  });

  describe(`${name}: the queue`, () => {
    test('gives out each job once, the oldest first', async () => {
      await using store = await open();
      const [one, other] = [store.one.queue, store.other.queue];
      for (const n of [1, 2, 3]) await one.enqueue(job(n));
      expect(await one.waiting()).toBe(3);
      const taken = [await one.take(), await other.take(), await one.take(), await other.take()];
      expect(taken.map((each) => each?.request.incidentId)).toEqual([idOf(1), idOf(2), idOf(3), undefined]);
      expect(await other.job(idOf(1))).toEqual({ request: job(1).request, source: null, context: null, carried: null, attempts: 1 });
    });

    test('keeps what the request belonged to, which is no part of what it asked', async () => {
      await using store = await open();
      const { queue } = store.one;
      const carried = { correlationId: 'pager-7', traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: 'vendor=x' };
      const first = job(1, { idempotencyKey: 'k', carried });
      await queue.enqueue(first);
      const again = {
        ...job(2, { idempotencyKey: 'k', carried: { ...carried, correlationId: 'pager-8' } }),
        request: { ...first.request, incidentId: idOf(2) },
      };
      expect(await queue.enqueue(again)).toEqual({ incidentId: idOf(1), isNew: false });
      expect(await store.other.queue.take()).toMatchObject({ carried });
      expect(await queue.job(idOf(1))).toMatchObject({ carried });
      await queue.enqueue(job(3, { carried: { ...carried, tracestate: null } }));
      expect(await queue.job(idOf(3))).toMatchObject({ carried: { correlationId: 'pager-7', tracestate: null } });
    });

    test('gives out each job once also to those who ask at the same moment', async () => {
      await using store = await open();
      for (let n = 1; n <= 20; n += 1) await store.one.queue.enqueue(job(n));
      const asking = Array.from({ length: 24 }, (_, n) => (n % 2 === 0 ? store.one : store.other).queue.take());
      const taken = (await Promise.all(asking)).flatMap((each) => each?.request.incidentId ?? []);
      const left: string[] = [];
      for (let each = await store.one.queue.take(); each !== undefined; each = await store.one.queue.take()) left.push(each.request.incidentId);
      expect([...taken, ...left].sort()).toEqual(Array.from({ length: 20 }, (_, n) => idOf(n + 1)));
    });

    test('a key used again names the first incident; for another request it is refused', async () => {
      await using store = await open();
      const { queue } = store.one;
      const first = job(1, { idempotencyKey: 'k' });
      expect(await queue.enqueue(first)).toEqual({ incidentId: idOf(1), isNew: true });
      const again = { ...job(2, { idempotencyKey: 'k' }), request: { ...first.request, incidentId: idOf(2) } };
      expect(await store.other.queue.enqueue(again)).toEqual({ incidentId: idOf(1), isNew: false });
      await expect(queue.enqueue({ ...again, request: { ...again.request, namespace: 'shop' } })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
      const many = await Promise.all([3, 4, 5, 6].map((n) => (n % 2 === 0 ? store.one : store.other).queue.enqueue(job(n, { idempotencyKey: 'm' }))));
      expect(many.filter(({ isNew }) => isNew)).toHaveLength(1);
      expect(new Set(many.map(({ incidentId }) => incidentId)).size).toBe(1);
    });

    test('what is too many is refused; what was accepted before is answered all the same', async () => {
      await using store = await open();
      const { queue } = store.one;
      const first = job(1, { idempotencyKey: 'k', maxWaiting: 1 });
      await queue.enqueue(first);
      await expect(queue.enqueue(job(2, { maxWaiting: 1 }))).rejects.toMatchObject({ code: 'QUEUE_FULL' });
      expect(await queue.enqueue(first)).toEqual({ incidentId: idOf(1), isNew: false });
      expect(await queue.waiting()).toBe(1);
    });

    test('work of a process that is gone waits again; what was begun twice has failed with the reason', async () => {
      for (const attempts of [1, 2]) {
        await using store = await open();
        const { one, dying } = store;
        await dying.queue.enqueue(job(1));
        for (let n = 1; n < attempts; n += 1) {
          await dying.queue.take();
          await dying.queue.beat([]);
          await store.dies();
          expect([await one.queue.takeOver(AT), await one.queue.waiting()]).toEqual([1, 1]);
        }
        expect(await dying.queue.take()).toMatchObject({ attempts });
        await store.dies();
        expect([await one.queue.takeOver(AT), await one.queue.waiting()]).toEqual(attempts === 1 ? [1, 1] : [0, 0]);
        const lost = { status: 'failed', error_message: 'The server ended while it investigated, 2 times.', completed_at: AT };
        expect(await one.incidents.find(idOf(1))).toMatchObject({ incident: attempts === 1 ? { status: 'pending' } : lost });
      }
    });

    test('who was taken for dead adds nothing to what another has', async () => {
      await using store = await open();
      const { one, dying } = store;
      await one.queue.enqueue(job(1));
      await dying.queue.take();
      await dying.incidents.appendEvents(idOf(1), [stage('entities')]);
      await store.dies();
      await one.queue.takeOver(AT);
      await one.queue.take();
      expect(await dying.queue.beat([idOf(1)])).toEqual({ own: new Set(), cancelled: new Set() });
      await dying.incidents.appendEvents(idOf(1), [stage('evidence')]);
      await dying.incidents.complete(aReport({ verdict: 'undetermined' }));
      await dying.incidents.fail(idOf(1), 'too late', AT);
      await dying.queue.giveBack(idOf(1), AT);
      await one.incidents.appendEvents(idOf(1), [stage('scope')]);
      await one.incidents.complete(aReport());
      expect(await one.incidents.find(idOf(1))).toMatchObject({ incident: { status: 'completed' }, report: { verdict: 'root-cause-found' } });
      expect(await one.incidents.events(idOf(1))).toEqual([stage('entities'), stage('scope')]);
    });

    test('work of a process that goes on is left to it, and what a terminal investigates is nobody’s job', async () => {
      await using store = await open();
      const { one, other } = store;
      await one.queue.enqueue(job(1));
      await one.queue.take();
      await one.incidents.create(incident(2));
      expect(await one.queue.beat([idOf(1)])).toEqual({ own: new Set([idOf(1)]), cancelled: new Set() });
      expect([await other.queue.takeOver(AT), await other.queue.job(idOf(2)), await one.incidents.cancelAsked(idOf(2))]).toEqual([0, undefined, false]);
      expect([await other.queue.cancel(idOf(2), AT), await one.incidents.cancelAsked(idOf(2))]).toEqual(['asked', true]);
    });

    test('what is given back does not count as begun', async () => {
      await using store = await open();
      const { queue } = store.one;
      await queue.enqueue(job(1));
      for (let n = 0; n < 4; n += 1) {
        expect((await queue.take())?.attempts).toBe(1);
        await queue.giveBack(idOf(1), AT);
      }
    });

    test('what waits is cancelled at once; who investigates is asked to end; what has ended stays', async () => {
      await using store = await open();
      const { one, other, dying } = store;
      for (const n of [1, 2, 3]) await one.queue.enqueue(job(n));
      await one.queue.take();
      await dying.queue.take();
      expect(await other.queue.cancel(idOf(3), AT)).toBe('cancelled');
      expect(await other.queue.cancel(idOf(1), AT)).toBe('asked');
      expect(await other.queue.cancel(idOf(2), AT)).toBe('asked');
      expect(await one.queue.beat([idOf(1)])).toEqual({ own: new Set([idOf(1)]), cancelled: new Set([idOf(1)]) });
      await one.incidents.complete(aReport({ status: 'cancelled' }));
      await store.dies();
      expect(await other.queue.takeOver(AT)).toBe(0);
      expect((await other.incidents.list({ status: 'cancelled' })).map((row) => row.incident_id).sort()).toEqual([1, 2, 3].map(idOf));
      expect(await other.queue.cancel(idOf(1), AT)).toBe('ended');
    });

    test('an incident gets one end', async () => {
      await using store = await open();
      const { queue, incidents } = store.one;
      await queue.enqueue(job(1));
      await queue.take();
      await incidents.complete(aReport({ completed_at: AT }));
      await incidents.complete(aReport({ verdict: 'undetermined' }));
      await incidents.fail(idOf(1), 'too late', AT);
      expect(await incidents.find(idOf(1))).toMatchObject({ incident: { status: 'completed', verdict: 'root-cause-found' } });
    });
  });

  describe(`${name}: the rest`, () => {
    test('keys: the first is one, of however many processes ask at once', async () => {
      await using store = await open();
      const first = (key_id: string) => ({ key_id, name: 'first-key', hash: 'h', role: 'admin', namespaces: null, created_at: AT, revoked_at: null }) as const;
      const added = await Promise.all([store.one.keys.addFirst(first('a')), store.other.keys.addFirst(first('b')), store.one.keys.addFirst(first('c'))]);
      expect(added.filter((isFirst) => isFirst)).toHaveLength(1);
      const [only, ...others] = await store.one.keys.list();
      expect(others).toEqual([]);
      await store.one.keys.revoke(only?.key_id ?? '', AT);
      expect(await store.other.keys.addFirst(first('d'))).toBe(true);
    });

    test('keys: kept, listed the oldest first, revoked once and for every process', async () => {
      await using store = await open();
      const key = { key_id: 'a', name: 'pager', hash: 'h', role: 'viewer', namespaces: ['shop'], created_at: AT, revoked_at: null } as const;
      await store.one.keys.add(key);
      await store.one.keys.add({ ...key, key_id: 'b', namespaces: null, created_at: '2026-01-31T11:00:00.000Z' });
      expect(await store.other.keys.find('a')).toEqual(key);
      expect(await store.other.keys.find('c')).toBeUndefined();
      expect([await store.one.keys.revoke('a', AT), await store.one.keys.revoke('a', AT), await store.one.keys.revoke('c', AT)]).toEqual([true, false, false]);
      expect((await store.other.keys.list()).map(({ key_id, namespaces, revoked_at }) => [key_id, namespaces, revoked_at])).toEqual([
        ['a', ['shop'], AT],
        ['b', null, null],
      ]);
    });

    test('vectors are kept by model and key', async () => {
      await using store = await open();
      const { incidents } = store.one;
      await incidents.keepVectors('m', new Map([['a', [1, 0.5]], ['b', [0, -2]]])); // biome-ignore format: pairs
      await incidents.keepVectors('m', new Map([['a', [3, 4]]]));
      expect(await store.other.incidents.vectors('m', ['a', 'c'])).toEqual(new Map([['a', [3, 4]]]));
      expect(await store.other.incidents.vectors('another', ['a'])).toEqual(new Map());
      expect(await store.other.incidents.vectors('m', [])).toEqual(new Map());
    });

    test('what ended is told once to each target, again where that failed or nobody settled it, and never what is not due', async () => {
      await using store = await open();
      const { queue, incidents, outbox } = store.one;
      for (const n of [1, 2, 3]) await queue.enqueue(job(n));
      for (const n of [1, 2]) {
        await queue.take();
        await incidents.complete(aReport({ incident_id: idOf(n), completed_at: `2026-01-31T10:0${n}:00.000Z` }));
      }
      const [minute, hour] = ['2026-01-31T11:01:00.000Z', '2026-01-31T12:00:00.000Z'];
      await outbox.fill(['pager', 'chat'], '2026-01-31T10:02:00.000Z');
      await store.other.outbox.fill(['pager'], '2026-01-31T10:02:00.000Z');
      const take = (now: string, targets = ['pager', 'chat']) => store.other.outbox.take(targets, now, minute);
      expect(await take(AT)).toBeUndefined();
      expect(await take('2026-01-31T11:00:00.000Z', ['another'])).toBeUndefined();
      const [first, second] = [await take('2026-01-31T11:00:00.000Z'), await take('2026-01-31T11:00:00.000Z')];
      expect([first, second].map((each) => [each?.incidentId, each?.attempts])).toEqual([[idOf(2), 1], [idOf(2), 1]]); // biome-ignore format: pairs
      expect([first?.target, second?.target].sort()).toEqual(['chat', 'pager']);
      expect(await take('2026-01-31T11:00:30.000Z')).toBeUndefined();
      if (first === undefined || second === undefined) throw new Error('two are due');
      await outbox.settle(first);
      await outbox.retry(second, '2026-01-31T11:30:00.000Z');
      expect(await take('2026-01-31T11:29:00.000Z')).toBeUndefined();
      expect(await take('2026-01-31T11:30:00.000Z')).toEqual({ ...second, attempts: 2 });
      // Whoever took it is gone: it is due again, and to nobody else.
      expect(await take(hour)).toEqual({ ...second, attempts: 3 });
      await outbox.fill(['pager', 'chat'], '2026-01-31T10:01:00.000Z');
      expect((await take(hour))?.incidentId).toBe(idOf(1));
    });

    test('what is old goes, and what is too much; what waits or runs stays', async () => {
      await using store = await open();
      const { queue, incidents, retention } = store.one;
      for (const n of [1, 2, 3, 4]) await queue.enqueue({ ...job(n), createdAt: `2026-01-0${n}T00:00:00.000Z` });
      for (const n of [1, 2]) {
        await queue.take();
        await incidents.complete(aReport({ incident_id: idOf(n), completed_at: `2026-01-0${n}T00:01:00.000Z` }));
      }
      await queue.take();
      expect(await retention.prune({ before: '2026-01-02T00:00:00.000Z' })).toBe(1);
      expect((await incidents.list({})).map((row) => row.incident_id)).toEqual([4, 3, 2].map(idOf));
      expect(await retention.prune({ maxBytes: 10 * 2 ** 20 })).toBe(0);
      expect(await retention.prune({ maxBytes: 1 })).toBe(1);
      expect((await incidents.list({})).map((row) => row.status)).toEqual(['pending', 'investigating']);
    });
  });

  describe(`${name}: records`, () => {
    const record = (key: string, at: string, n = 1, value: unknown = { times: 1 }): IncidentRecord => ({ kind: 'alert', key, incidentId: idOf(n), at, value });
    const [EARLY, LATE] = ['2026-01-31T10:00:00.000Z', '2026-01-31T11:00:00.000Z'];

    test('one process keeps them, another finds them by key, by time and by incident', async () => {
      await using store = await open();
      const { one, other } = store;
      await one.records.put([record('a', EARLY), record('b', LATE), record('c', LATE, 2)]);
      await other.records.put([record('a', EARLY, 1, { times: 2 })]);
      expect(await one.records.find('alert', ['a', 'nothing'])).toEqual([record('a', EARLY, 1, { times: 2 })]);
      expect((await other.records.since('alert', LATE)).map(({ key }) => key)).toEqual(['b', 'c']);
      expect((await other.records.ofIncident('alert', idOf(1))).map(({ key }) => key)).toEqual(['a', 'b']);
      expect(await other.records.find('feedback', ['a'])).toEqual([]);
    });

    test('a claim is that of the first, until it is old', async () => {
      await using store = await open();
      const { one, other } = store;
      expect(await one.records.claim(record('shop', EARLY, 1), EARLY)).toBe(idOf(1));
      expect(await other.records.claim(record('shop', LATE, 2), EARLY)).toBe(idOf(1));
      expect(await other.records.claim(record('shop', LATE, 3), LATE)).toBe(idOf(3));
      const many = await Promise.all([4, 5, 6].map((n) => (n % 2 === 0 ? one : other).records.claim(record('orders', LATE, n), EARLY)));
      expect(new Set(many).size).toBe(1);
    });

    test('they go with their incident', async () => {
      await using store = await open();
      const { records, incidents, retention } = store.one;
      await incidents.create(incident(1, EARLY));
      await incidents.fail(idOf(1), 'over', EARLY);
      await records.put([record('a', EARLY), record('b', EARLY, 2)]);
      await retention.prune({ before: LATE, maxBytes: undefined });
      expect((await records.find('alert', ['a', 'b'])).map(({ key }) => key)).toEqual(['b']);
    });
  });
}

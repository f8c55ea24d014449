import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownerToken } from '../../../src/store/owner.ts';
import { postgresAddress } from '../../../src/store/postgres/postgres-address.ts';
import { PostgresApiKeys } from '../../../src/store/postgres/postgres-api-keys.ts';
import { PostgresChanges } from '../../../src/store/postgres/postgres-changes.ts';
import { PostgresDatabase } from '../../../src/store/postgres/postgres-database.ts';
import { PostgresJobs } from '../../../src/store/postgres/postgres-jobs.ts';
import { PostgresOutbox } from '../../../src/store/postgres/postgres-outbox.ts';
import { PostgresRecords } from '../../../src/store/postgres/postgres-records.ts';
import { PostgresRepository } from '../../../src/store/postgres/postgres-repository.ts';
import { PostgresRetention } from '../../../src/store/postgres/postgres-retention.ts';
import type { StoreChange } from '../../../src/store/store-changes.ts';
import { type Process, storeContract } from '../contract.ts';
import { APostgres, MISSING } from './a-postgres.ts';

const LEASE_MS = 300;
const OWNER = { host: 'test', pid: process.pid };
let postgres: APostgres;
let count = 0;

const anAddress = async () => postgresAddress(await postgres.database(`d${++count}`), []);
/** Processes of one machine, told apart by a name. */
const tokenOf = (name: string): string => JSON.stringify([...(JSON.parse(ownerToken(OWNER)) as unknown[]), name]);
const processOf = (database: PostgresDatabase, name: string, leaseMs = 60_000): Process => ({
  incidents: new PostgresRepository(database, OWNER, tokenOf(name)),
  queue: new PostgresJobs(database, tokenOf(name), leaseMs),
  keys: new PostgresApiKeys(database),
  records: new PostgresRecords(database),
  retention: new PostgresRetention(database),
  outbox: new PostgresOutbox(database),
});

describe.skipIf(MISSING)('PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await APostgres.start();
  });
  afterAll(() => postgres[Symbol.asyncDispose]());

  storeContract('PostgreSQL', async () => {
    const database = await PostgresDatabase.open(await anAddress());
    return {
      one: processOf(database, 'one'),
      other: processOf(database, 'other'),
      dying: processOf(database, 'dying', LEASE_MS),
      dies: () => sleep(LEASE_MS + 50),
      [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
    };
  });

  test('servers that start together bring the schema up to date once', async () => {
    const address = await anAddress();
    const opened = await Promise.all(Array.from({ length: 4 }, () => PostgresDatabase.open(address)));
    await Promise.all(opened.map((each) => each[Symbol.asyncDispose]()));
    expect(await postgres.query(`d${count}`, 'SELECT count(*)::int AS n FROM schema_version')).toEqual([{ n: 1 }]);
  });

  test('what one process does, another is told, also after the database was started again', async () => {
    const address = await anAddress();
    await using database = await PostgresDatabase.open(address);
    await using changes = new PostgresChanges(database.config);
    const told: StoreChange[] = [];
    changes.listen((change) => told.push(change));
    const heard = async (type: string): Promise<void> => {
      while (!told.some((each) => each.type === type)) await sleep(20);
      told.length = 0;
    };
    await heard('waiting');
    const { queue, incidents } = processOf(database, 'one');
    const request = { incidentId: 'inc-1', description: 'x' };
    const job = { ...request, createdAt: '2026-01-31T10:00:00.000Z', request, source: null, context: null, idempotencyKey: null, carried: null, maxWaiting: 9 };
    await queue.enqueue(job);
    await heard('waiting');
    await queue.take();
    await incidents.appendEvents('inc-1', [{ type: 'stage-started', stage: 'scope', at: '' }]);
    await heard('changed');
    await queue.cancel('inc-1', '2026-01-31T10:00:00.000Z');
    await heard('cancel');
    await postgres.stop();
    await expect(queue.waiting()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await postgres.startAgain();
    await heard('waiting');
    expect(await queue.waiting()).toBe(0);
    await incidents.fail('inc-1', 'broken', '2026-01-31T10:00:00.000Z');
    await heard('changed');
  });

  test('a database that is not there is named, without the password', async () => {
    const address = postgresAddress('postgres://sre:geheim@127.0.0.1:1/incidents', []);
    const opening = PostgresDatabase.open(address);
    await expect(opening).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: 'The store postgres://127.0.0.1:1/incidents cannot be used: connection refused.',
    });
  });
});

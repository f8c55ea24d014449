import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLog } from '../../../src/log/open-log.ts';
import { type AnswerMessage, KeptAnswers } from '../../../src/server/answers/kept-answers.ts';
import { WakeUps } from '../../../src/server/wake-ups.ts';
import { postgresAddress } from '../../../src/store/postgres/postgres-address.ts';
import { PostgresAnswers } from '../../../src/store/postgres/postgres-answers.ts';
import { PostgresChanges } from '../../../src/store/postgres/postgres-changes.ts';
import { PostgresDatabase } from '../../../src/store/postgres/postgres-database.ts';
import { PostgresRetention } from '../../../src/store/postgres/postgres-retention.ts';
import { APostgres, MISSING } from './a-postgres.ts';

const NEVER = new AbortController().signal;
const log = Object.assign(openLog('test', '0'), { level: 'silent' });
let postgres: APostgres;
let database: PostgresDatabase;

/** A server of several over the one database. */
function server(): { answers: KeptAnswers } & AsyncDisposable {
  const wakeUps = new WakeUps();
  const changes = new PostgresChanges(database.config);
  changes.listen((change) => {
    if (change.type === 'answer') wakeUps.changed(change.answerId);
  });
  return { answers: new KeptAnswers({ wakeUps, log, shared: new PostgresAnswers(database) }), [Symbol.asyncDispose]: () => changes[Symbol.asyncDispose]() };
}

async function* slowly(signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  for (let n = 1; n <= 4 && !signal.aborted; n += 1) {
    yield { event: 'doing', data: { n } };
    await sleep(300);
  }
}

describe.skipIf(MISSING)('answers that servers share by PostgreSQL', () => {
  beforeAll(async () => {
    postgres = await APostgres.start();
    database = await PostgresDatabase.open(postgresAddress(await postgres.database('answers'), []));
  }, 60_000);
  afterAll(async () => {
    await database[Symbol.asyncDispose]();
    await postgres[Symbol.asyncDispose]();
  });

  test('whoever was cut off at one goes on at another as it is told, and nobody else does', async () => {
    await using one = server();
    await using other = server();
    const id = await one.answers.begin('anna', slowly);
    for await (const _ of await one.answers.read(id, 'anna', 0, NEVER)) break;
    await expect(other.answers.read(id, 'ben', 1, NEVER)).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
    await expect(other.answers.read('ans-0', 'anna', 1, NEVER)).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
    const startedAt = performance.now();
    const parts: string[] = [];
    for await (const part of await other.answers.read(id, 'anna', 1, NEVER)) parts.push(part);
    expect(parts.join('').match(/^id: \d$/gm)).toEqual(['id: 2', 'id: 3', 'id: 4']);
    // As it was told: it came in pieces, and not when somebody looked again after five seconds.
    expect(parts.length).toBeGreaterThan(1);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    // Whole by now: from any number on, at any server.
    for (const { answers } of [one, other]) {
      const again: string[] = [];
      for await (const part of await answers.read(id, 'anna', 3, NEVER)) again.push(part);
      expect(again.join('')).toContain('id: 4');
    }
  });

  test('a server that says nothing of an answer any more does not tell it; who listens elsewhere is known', async () => {
    const answers = new PostgresAnswers(database);
    await answers.begin('ans-1', undefined);
    await answers.add('ans-1', ['a', 'b'], false);
    expect(await answers.beat(['ans-1', 'ans-2'])).toEqual(new Set());
    expect(await answers.read('ans-1', undefined, 1)).toEqual({ messages: ['b'], isEnd: false, isTold: true });
    expect(await answers.beat(['ans-1', 'ans-2'])).toEqual(new Set(['ans-1']));
    await postgres.query('answers', "UPDATE answers SET told_until = now() - interval '1 second' WHERE answer_id = 'ans-1'");
    expect(await answers.read('ans-1', undefined, 2)).toEqual({ messages: [], isEnd: false, isTold: false });
    await answers.add('ans-1', [], true);
    expect(await answers.read('ans-1', undefined, 0)).toEqual({ messages: ['a', 'b'], isEnd: true, isTold: true });
  });

  test('is kept for a minute, and goes with its messages', async () => {
    const answers = new PostgresAnswers(database);
    await answers.begin('ans-3', 'anna');
    await answers.add('ans-3', ['a'], true);
    const prune = () => new PostgresRetention(database).prune({});
    expect(await prune()).toBe(0);
    expect(await answers.read('ans-3', 'anna', 0)).toMatchObject({ messages: ['a'] });
    await postgres.query('answers', "UPDATE answers SET told_until = now() - interval '61 seconds' WHERE answer_id = 'ans-3'");
    await prune();
    expect(await answers.read('ans-3', 'anna', 0)).toBeUndefined();
    expect(await postgres.query('answers', "SELECT FROM answer_messages WHERE answer_id = 'ans-3'")).toEqual([]);
  });
});

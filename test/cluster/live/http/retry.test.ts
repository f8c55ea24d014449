import { describe, expect, test } from 'vitest';
import { Limiter } from '../../../../src/cluster/live/http/limiter.ts';
import { waitBefore } from '../../../../src/cluster/live/http/retry.ts';
import { reasonOf } from '../../../../src/net/reason-of.ts';

const now = (): Date => new Date('2026-03-01T10:00:00Z');
const waits = (random: number): (number | undefined)[] =>
  [1, 2, 3, 4].map((attempt) => waitBefore({ attempt, retryAfter: undefined, random: () => random, now }));

describe('the wait before the next attempt', () => {
  test('doubles, half of it at random, and ends after three', () => {
    expect(waits(0)).toEqual([100, 200, 400, undefined]);
    expect(waits(1)).toEqual([200, 400, 800, undefined]);
  });

  test.each<[string, number | undefined]>([
    ['3', 3000],
    ['0', 0],
    ['11', undefined],
    ['Sun, 01 Mar 2026 10:00:05 GMT', 5000],
    ['Sun, 01 Mar 2026 09:00:00 GMT', 0],
    ['soon', 100],
  ])('honours Retry-After: %s', (retryAfter, wait) => {
    expect(waitBefore({ attempt: 1, retryAfter, random: () => 0, now })).toBe(wait);
  });
});

describe('why a request got no answer', () => {
  test.each<[unknown, string]>([
    [Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'connection refused'],
    [Object.assign(new Error('x'), { name: 'TimeoutError' }), 'no answer in time'],
    [Object.assign(new AggregateError([Object.assign(new Error('y'), { code: 'EHOSTUNREACH' })]), { code: 'EAGAIN' }), 'no route to it'],
    [Object.assign(new Error('ssl3_get_record:wrong version number'), { code: 'EPROTO' }), 'it does not speak TLS'],
    [new Error('something else'), 'something else'],
    ['a word', 'a word'],
  ])('%s', (error, reason) => {
    expect(reasonOf(error)).toBe(reason);
  });
});

describe('a limiter', () => {
  test('hands its places on in order, also when work fails', async () => {
    const limiter = new Limiter(2);
    const order: string[] = [];
    let [running, most] = [0, 0];
    const work = (name: string, fails = false) =>
      limiter.run(async () => {
        order.push(name);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        if (fails) throw new Error(name);
        return name;
      });
    const done = await Promise.allSettled([work('a', true), work('b'), work('c', true), work('d'), work('e')]);
    expect(done.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect([order, most]).toEqual([['a', 'b', 'c', 'd', 'e'], 2]);
  });
});

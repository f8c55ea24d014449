import { describe, expect, test } from 'vitest';
import { SharedReads } from '../../src/agent/shared-reads.ts';

const limits = { keepMs: 100, maxBytes: 10, maxEntryBytes: 6 };
const { signal } = new AbortController();

/** A clock that stands still, and a read that counts how often it was sent. */
function setUp() {
  const at = { now: 0 };
  const reads = new SharedReads<string>({ ...limits, clock: () => at.now }, (value) => value.length);
  let sent = 0;
  return { at, reads, read: (key: string, value = `${key}${++sent}`) => reads.read(key, async () => value, signal), sent: () => sent };
}

describe('equal reads', () => {
  test('at the same time are sent once', async () => {
    const { reads } = setUp();
    const { promise, resolve } = Promise.withResolvers<string>();
    const answers = [reads.read('a', () => promise, signal), reads.read('a', () => Promise.reject(new Error('twice')), signal)];
    resolve('one');
    expect(await Promise.all(answers)).toEqual(['one', 'one']);
    expect(reads.counts).toEqual({ sent: 1, shared: 1, repeated: 0 });
  });

  test('shortly after are answered from what is kept, later they are sent again', async () => {
    const { at, read } = setUp();
    expect([await read('a', 'one'), await read('a', 'two')]).toEqual(['one', 'one']);
    at.now = 101;
    expect(await read('a', 'two')).toBe('two');
  });

  test('keep no more than there is room for, the newest', async () => {
    const { read } = setUp();
    for (const key of ['a', 'b', 'c']) await read(key, `${key}${key}${key}${key}`);
    expect([await read('b', 'new'), await read('c', 'new'), await read('a', 'new')]).toEqual(['bbbb', 'cccc', 'new']);
  });

  test('that are too large are not kept', async () => {
    const { read } = setUp();
    expect([await read('a', 'seven77'), await read('a', 'next')]).toEqual(['seven77', 'next']);
  });

  test('that fail are told to all, and not kept', async () => {
    const { reads, read } = setUp();
    const fails = (): Promise<string> => Promise.reject(new Error('down'));
    const answers = await Promise.allSettled([reads.read('a', fails, signal), reads.read('a', fails, signal)]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read('a', 'up')).toBe('up');
  });

  test('go on for who stays, and end when nobody waits', async () => {
    const { reads } = setUp();
    const { promise, resolve } = Promise.withResolvers<string>();
    const [one, other] = [new AbortController(), new AbortController()];
    let stopped = false;
    const work = (stop: AbortSignal): Promise<string> => {
      stop.addEventListener('abort', () => {
        stopped = true;
      });
      return promise;
    };
    const [left, stays] = [reads.read('a', work, one.signal), reads.read('a', work, other.signal)];
    one.abort(new Error('gone'));
    await expect(left).rejects.toThrow('gone');
    expect(stopped).toBe(false);
    other.abort(new Error('gone, too'));
    await expect(stays).rejects.toThrow('gone, too');
    expect(stopped).toBe(true);
    resolve('late');
  });
});

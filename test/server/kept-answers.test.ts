import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { coded } from '../../src/errors/coded-error.ts';
import { openLog } from '../../src/log/open-log.ts';
import { type AnswerMessage, KeptAnswers } from '../../src/server/answers/kept-answers.ts';
import { WakeUps } from '../../src/server/wake-ups.ts';
import type { SharedAnswers } from '../../src/store/shared-answers.ts';

const NEVER = new AbortController().signal;
const log = Object.assign(openLog('test', '0'), { level: 'silent' });
const kept = (shared?: SharedAnswers, heartbeatMs = 1_000): KeptAnswers => new KeptAnswers({ wakeUps: new WakeUps(), log, shared, heartbeatMs });

async function* slowly(signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  for (let n = 1; n <= 3 && !signal.aborted; n += 1) {
    await sleep(60);
    yield { event: 'doing', data: { n } };
  }
}

const message = (n: number): string => `id: ${n}\nevent: doing\ndata: {"n":${n}}\n\n`;

async function told(messages: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const each of messages) text += each;
  return text;
}

test('whoever was cut off goes on behind the last message that came', async () => {
  const answers = kept();
  const id = await answers.begin('anna', slowly);
  for await (const first of await answers.read(id, 'anna', 0, NEVER)) {
    expect(first).toBe(message(1));
    break;
  }
  expect(await told(await answers.read(id, 'anna', 1, NEVER))).toBe(`${message(2)}${message(3)}`);
  expect(await told(await answers.read(id, 'anna', 3, NEVER))).toBe('');
});

test('somebody else finds nothing there', async () => {
  const answers = kept();
  const id = await answers.begin('anna', slowly);
  await expect(answers.read(id, 'ben', 0, NEVER)).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
  await expect(answers.read('ans-0', 'anna', 0, NEVER)).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
});

test('a heartbeat while there is nothing to tell', async () => {
  const answers = kept(undefined, 20);
  expect(await told(await answers.read(await answers.begin(undefined, slowly), undefined, 0, NEVER))).toMatch(/^: still here\n\n[\s\S]*id: 3/);
});

test('what is told is waited for at the end, and not for ever', async () => {
  const answers = kept();
  const id = await answers.begin('anna', slowly);
  await answers.close(10);
  expect(await told(await answers.read(id, 'anna', 2, NEVER))).toBe(message(3));
  await answers.close(10_000);
});

describe('servers that share a store', () => {
  /** A store that fails in one of its parts. */
  const failing = (part: keyof SharedAnswers): SharedAnswers => {
    const works: SharedAnswers = { begin: async () => {}, add: async () => {}, read: async () => undefined, beat: async () => new Set() };
    const fails = async (): Promise<never> => {
      throw coded('STORE_UNAVAILABLE', { path: 'x', reason: 'gone' });
    };
    return { ...works, [part]: fails };
  };

  test.each(['begin', 'add', 'beat'] as const)('that fails with %s costs the other servers the answer, and this one nothing', async (part) => {
    const answers = kept(failing(part));
    const id = await answers.begin('anna', slowly);
    expect(await told(await answers.read(id, 'anna', 0, NEVER))).toBe(`${message(1)}${message(2)}${message(3)}`);
  });

  test('what was told in part by a server that is gone is told, and then ends', async () => {
    const parts = [
      { messages: [message(2)], isEnd: false, isTold: true },
      { messages: [], isEnd: false, isTold: false },
    ];
    const asked: (readonly [string | undefined, number])[] = [];
    const answers = kept({
      ...failing('beat'),
      read: async (_id, asker, after) => {
        asked.push([asker, after]);
        return parts.shift();
      },
    });
    const messages = await answers.read('ans-1', 'anna', 1, NEVER);
    expect((await told(messages)).replace(': still here\n\n', '')).toBe(message(2));
    expect(asked).toEqual([
      ['anna', 1],
      ['anna', 2],
    ]);
    await expect(answers.read('ans-1', 'anna', 2, NEVER)).rejects.toMatchObject({ code: 'ANSWER_UNKNOWN' });
  });
});

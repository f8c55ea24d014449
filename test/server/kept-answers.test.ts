import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { type AnswerMessage, KeptAnswers } from '../../src/server/answers/kept-answers.ts';

const NEVER = new AbortController().signal;

async function* slowly(signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  for (let n = 1; n <= 3 && !signal.aborted; n += 1) {
    await sleep(60);
    yield { event: 'doing', data: { n } };
  }
}

async function told(messages: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const message of messages) text += message;
  return text;
}

test('whoever was cut off goes on behind the last message that came', async () => {
  const answers = new KeptAnswers();
  const id = answers.begin('anna', slowly);
  for await (const first of answers.read(id, 'anna', 0, NEVER)) {
    expect(first).toBe('id: 1\nevent: doing\ndata: {"n":1}\n\n');
    break;
  }
  expect(await told(answers.read(id, 'anna', 1, NEVER))).toBe('id: 2\nevent: doing\ndata: {"n":2}\n\nid: 3\nevent: doing\ndata: {"n":3}\n\n');
  expect(await told(answers.read(id, 'anna', 3, NEVER))).toBe('');
});

test('somebody else finds nothing there', () => {
  const answers = new KeptAnswers();
  const id = answers.begin('anna', slowly);
  expect(() => answers.read(id, 'ben', 0, NEVER)).toThrow(expect.objectContaining({ code: 'ANSWER_UNKNOWN' }));
  expect(() => answers.read('ans-0', 'anna', 0, NEVER)).toThrow(expect.objectContaining({ code: 'ANSWER_UNKNOWN' }));
});

test('a heartbeat while there is nothing to tell', async () => {
  const answers = new KeptAnswers(20);
  expect(await told(answers.read(answers.begin(undefined, slowly), undefined, 0, NEVER))).toMatch(/^: still here\n\n[\s\S]*id: 3/);
});

import { expect, test } from 'vitest';
import type { LogExcerpt, LogLine } from '../../src/domain/log-excerpt.ts';
import { sinceAnswer } from '../../src/facts/log-since-answer.ts';
import { log } from './network-scene.ts';

const isAnswer = (text: string): boolean => text.includes('ACCESS_REFUSED');
const line = (number: number, text: string): LogLine => ({ number, text });
const refused = line(3, 'connection refused');
const answer = line(7, "(403) 'ACCESS_REFUSED - Login was refused'");
const again = line(9, 'connection refused');
const errorsOf = (logs: readonly LogExcerpt[]): string[] => logs.flatMap(({ errors }) => errors.map(({ number }) => String(number)));

test('what was said before the answer is over, what came after it is not', () => {
  expect(errorsOf(sinceAnswer([log('web', { errors: [refused, answer, again] })], isAnswer))).toEqual(['9']);
  expect(errorsOf(sinceAnswer([log('web', { errors: [refused, again] })], isAnswer))).toEqual(['3', '9']);
});

test('a trace from before the answer goes with its cause', () => {
  const block = { firstLine: 1, lastLine: 4, text: 'trace', language: 'python' as const };
  const [kept] = sinceAnswer([log('web', { fatal: block, deepestCause: 'refused', errors: [answer] })], isAnswer);
  expect(kept).toMatchObject({ fatal: null, deepestCause: null });
  const [later] = sinceAnswer([log('web', { fatal: { ...block, firstLine: 8 }, deepestCause: 'refused', errors: [answer] })], isAnswer);
  expect(later).toMatchObject({ deepestCause: 'refused' });
});

test('an answer in the present run ends what the run before said; one in that run says nothing of the present', () => {
  const before = log('web', { previous: true, errors: [refused] });
  expect(errorsOf(sinceAnswer([log('web', { errors: [answer] }), before], isAnswer))).toEqual([]);
  expect(errorsOf(sinceAnswer([log('web', { errors: [again] }), { ...before, errors: [refused, answer] }], isAnswer))).toEqual(['9']);
});

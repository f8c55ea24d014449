import { describe, expect, test } from 'vitest';
import { lineKey } from '../../../src/evidence/log/line-key.ts';
import { traitsOf } from '../../../src/evidence/log/line-traits.ts';

describe('the key of a line', () => {
  test.each([
    ['order 1234 took 56 ms', 'order 9876 took 12 ms'],
    ['2026-03-01 12:00:07,120 INFO up', '2025-12-24 23:59:59,999 INFO up'],
    ['attempt 2', 'attempt 3'],
  ])('leaves out what a number is: %s', (a, b) => expect(lineKey(a)).toBe(lineKey(b)));

  test.each([
    ['order 1', 'order 12'],
    ['order 1', 'Order 1'],
    ['0 errors', '5 errors'],
    ['terminated by signal 9', 'terminated by signal 8'],
    ['status 200', 'status 503'],
    ['errno 111', 'errno 112'],
    ['code 981113', 'code 981123'],
    ['a b', 'ab '],
    ['', ' '],
  ])('keeps what a pattern may ask for: %s, %s', (a, b) => expect(lineKey(a)).not.toBe(lineKey(b)));
});

describe('the traits of a line', () => {
  test.each([
    ['finished with 0 errors', { error: false }],
    ['finished with 5 errors', { error: false }],
    ['finished with error=0', { error: false }],
    ['finished with error=7', { error: true }],
    ['upstream answered 200', { tellsOfConnection: true }],
    ['answered 200 in 12 ms', { tellsOfConnection: false }],
    ['answered 503 in 12 ms', { tellsOfConnection: true }],
    ['terminated by signal 8', { strongError: false }],
    ['terminated by signal 9', { strongError: true }],
    ['E0301 11:00:00.123456 x.go:1] bad', { level: 'error' }],
    ['E030 11:00:00.123456 x.go:1] bad', { level: 'unknown' }],
  ])('%s', (text, traits) => {
    expect(traitsOf(text)).toMatchObject(traits);
    expect(traitsOf(text)).toBe(traitsOf(text));
  });
});

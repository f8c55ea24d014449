import { describe, expect, test } from 'vitest';
import { GarbledAnswer } from '../../../../src/cluster/garbled-answer.ts';
import { Cursor } from '../../../../src/cluster/live/protobuf/cursor.ts';

const cursor = (...bytes: number[]): Cursor => new Cursor(Buffer.from(bytes), 0);
const FF = (count: number): number[] => Array<number>(count).fill(0xff);

describe('an integer', () => {
  test.each<[string, number, number[]]>([
    ['of one byte', 5, [5]],
    ['of two', 300, [0xac, 0x02]],
    ['of 32 bits', 2 ** 32 - 1, [...FF(4), 0x0f]],
    ['of 53 bits', Number.MAX_SAFE_INTEGER, [...FF(7), 0x0f]],
    ['less than nothing', -1, [...FF(9), 0x01]],
    ['far less', -1_000_000, [0xc0, 0xfb, 0xc2, ...FF(6), 0x01]],
  ])('%s', (_, value, bytes) => {
    const at = cursor(...bytes, 7);
    expect(at.signed()).toBe(value);
    expect(at.at).toBe(bytes.length);
  });

  test.each<[string, number[]]>([
    ['that ends nowhere', [0x80]],
    ['longer than any', FF(11)],
  ])('%s is refused', (_, bytes) => {
    expect(() => cursor(...bytes).signed()).toThrow(GarbledAnswer);
    expect(() => cursor(...bytes).unsigned()).toThrow(GarbledAnswer);
  });
});

describe('a field that nothing is known of', () => {
  test.each<[string, number, number[]]>([
    ['a number', 0, [0xac, 0x02]],
    ['eight bytes', 1, [1, 2, 3, 4, 5, 6, 7, 8]],
    ['a text', 2, [3, 65, 66, 67]],
    ['four bytes', 5, [1, 2, 3, 4]],
  ])('is passed over: %s', (_, wireType, bytes) => {
    const at = cursor(...bytes);
    at.skip(wireType, bytes.length);
    expect(at.at).toBe(bytes.length);
  });

  test('is refused where it ends beyond its message, or is of a kind that is no more', () => {
    expect(() => cursor(9, 65).skip(2, 2)).toThrow(GarbledAnswer);
    expect(() => cursor(1, 2).skip(5, 2)).toThrow(GarbledAnswer);
    expect(() => cursor(1).skip(3, 1)).toThrow(GarbledAnswer);
  });
});

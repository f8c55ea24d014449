import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Cursor } from '../../../../src/cluster/live/protobuf/cursor.ts';
import { Repeated } from '../../../../src/cluster/live/protobuf/repeated.ts';

test('a text is what its bytes say, however many others there were', () => {
  const repeated = new Repeated();
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'binary', maxLength: 80 })), (text) => {
      const bytes = Buffer.from(text);
      const cursor = new Cursor(bytes, 0);
      return repeated.text(cursor, bytes.length) === bytes.toString() && cursor.at === bytes.length;
    }),
    { numRuns: 20_000 },
  );
});

test('a message is made once, and of other bytes another', () => {
  const repeated = new Repeated();
  const made: object[] = [];
  const read = (bytes: Buffer) =>
    repeated.message(new Cursor(bytes, 0), bytes.length, () => {
      made.push({});
      return made.at(-1) as object;
    });
  const first = read(Buffer.from('a toleration'));
  expect(read(Buffer.from('a toleration'))).toBe(first);
  expect(read(Buffer.from('b toleration'))).not.toBe(first);
  expect(made).toHaveLength(2);
});

test('a second is told as RFC 3339, before 1970 and after 2038, too', () => {
  const repeated = new Repeated();
  for (const seconds of [0, 1_767_225_600, -86_400, 4_102_444_800, 1_767_225_600 + 4096])
    expect(repeated.second(seconds)).toBe(`${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`);
});

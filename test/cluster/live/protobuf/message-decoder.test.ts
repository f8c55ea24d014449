import { describe, expect, test } from 'vitest';
import { GarbledAnswer } from '../../../../src/cluster/garbled-answer.ts';
import { Cursor } from '../../../../src/cluster/live/protobuf/cursor.ts';
import { MessageDecoder } from '../../../../src/cluster/live/protobuf/message-decoder.ts';
import { type MessageName, messageType } from '../../../../src/cluster/live/protobuf/message-types.ts';
import { Repeated } from '../../../../src/cluster/live/protobuf/repeated.ts';

const decode = (message: MessageName, ...bytes: number[]): object =>
  new MessageDecoder(new Cursor(Buffer.from(bytes), 0), new Repeated()).decode(bytes.length, messageType(message));
/** A field of bytes. */
const field = (number: number, ...bytes: number[]): number[] => [(number << 3) | 2, bytes.length, ...bytes];
const text = (number: number, value: string): number[] => field(number, ...Buffer.from(value));

describe('a time', () => {
  const startedAt = (...time: number[]) => decode('core/v1.ContainerStateRunning', ...field(1, ...time));
  test.each<[string, number[], object]>([
    ['of a container that never started is the second 0', [0x08, 0, 0x10, 0], { startedAt: '1970-01-01T00:00:00Z' }],
    ['that Go calls zero is null, which is as good as absent', [], {}],
    ['before 1970', [0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], { startedAt: '1969-12-31T23:59:59Z' }],
  ])('%s', (_, bytes, expected) => {
    expect(startedAt(...bytes)).toStrictEqual(expected);
  });

  test('beyond the year 9999 is none', () => {
    expect(() => startedAt(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)).toThrow(GarbledAnswer);
  });

  test('of an Event has microseconds', () => {
    expect(decode('core/v1.EventSeries', 0x08, 3, ...field(2, 0x08, 60, 0x10, 0xb8, 0x17))).toStrictEqual({
      count: 3,
      lastObservedTime: '1970-01-01T00:01:00.000003Z',
    });
  });
});

describe('a value', () => {
  test('that is empty is left out where JSON leaves it out, and kept where it does not', () => {
    expect(decode('core/v1.ContainerStatus', ...text(1, ''), 0x20, 0, 0x28, 0, ...text(8, ''))).toStrictEqual({ name: '', ready: false, restartCount: 0 });
  });

  test.each<[string, number[], unknown]>([
    ['a number', [0x08, 0, 0x10, 0x90, 0x3f, ...text(3, '')], 8080],
    ['a name', [0x08, 1, 0x10, 0, ...text(3, 'web')], 'web'],
  ])('that is a number or a name: %s', (_, port, expected) => {
    expect(decode('core/v1.TCPSocketAction', ...field(1, ...port))).toStrictEqual({ port: expected });
  });

  test('of a map is under its key, whatever that is called', () => {
    const entry = (key: string, value: string) => field(1, ...text(1, key), ...text(2, value));
    const labels = decode('meta/v1.LabelSelector', ...entry('app', 'shop'), ...entry('__proto__', 'x'), ...field(1, ...text(1, 'alone'))) as {
      matchLabels: object;
    };
    expect(Object.entries(labels.matchLabels)).toEqual([
      ['app', 'shop'],
      ['__proto__', 'x'],
      ['alone', ''],
    ]);
    expect(Object.getPrototypeOf(labels.matchLabels)).toBe(Object.prototype);
  });

  test('that a later Kubernetes adds is passed over', () => {
    expect(decode('core/v1.ContainerStateWaiting', ...text(1, 'CrashLoopBackOff'), ...text(15, 'new'), 0x78, 1)).toStrictEqual({ reason: 'CrashLoopBackOff' });
  });

  test('of another kind than the field has is refused', () => {
    expect(() => decode('core/v1.ContainerStateWaiting', 0x08, 1)).toThrow(GarbledAnswer);
    expect(() => decode('core/v1.ContainerStatus', ...text(5, 'three'))).toThrow(GarbledAnswer);
  });
});

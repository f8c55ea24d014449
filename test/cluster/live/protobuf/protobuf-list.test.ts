import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GarbledAnswer } from '../../../../src/cluster/garbled-answer.ts';
import { isWrittenInProtobuf, protobufList } from '../../../../src/cluster/live/protobuf/protobuf-list.ts';
import { type Kind, resourceType } from '../../../../src/domain/kubernetes/resource-type.ts';

/** What one API server (v1.34.4) answered for the same objects in both, without managedFields in JSON. */
const ANSWERS = join(import.meta.dirname, '../../../fixtures/protobuf');
const KINDS = ['Pod', 'Event', 'PersistentVolumeClaim', 'ReplicaSet', 'Job', 'EndpointSlice'] satisfies readonly Kind[];

const protobufOf = (kind: Kind): Buffer => readFileSync(join(ANSWERS, `${resourceType(kind).plural}.pb`));
const jsonOf = (kind: Kind) =>
  JSON.parse(readFileSync(join(ANSWERS, `${resourceType(kind).plural}.json`), 'utf8'), (_, value) => value ?? undefined) as {
    metadata: { continue?: string };
    items: { metadata: { name: string } }[];
  };

function read(body: Buffer, kind: Kind = 'Pod'): unknown[] | undefined {
  const list = protobufList(body, kind);
  return list && [...list.items()];
}

describe('a list that the API server wrote in protobuf', () => {
  test.each(KINDS)('is what it wrote in JSON: %s', (kind) => {
    const { items } = jsonOf(kind);
    expect(items.length).toBeGreaterThan(0);
    expect(read(protobufOf(kind), kind)).toStrictEqual(items);
  });

  test('tells where it goes on before its items are read', () => {
    const { token } = protobufList(protobufOf('Pod'), 'Pod') ?? {};
    const place = (continued = '') => JSON.parse(Buffer.from(continued, 'base64').toString()) as { start: string };
    expect(place(token).start).toBe(place(jsonOf('Pod').metadata.continue).start);
    expect(protobufList(protobufOf('Job'), 'Job')?.token).toBeUndefined();
  });

  test('has items that can be read one by one', () => {
    const [first] = protobufList(protobufOf('Pod'), 'Pod')?.items() ?? [];
    expect(first).toStrictEqual(jsonOf('Pod').items[0]);
  });

  test('is asked for of kinds that are known in it only', () => {
    expect(KINDS.filter((kind) => !isWrittenInProtobuf(kind))).toEqual([]);
    expect(isWrittenInProtobuf('Secret')).toBe(false);
    expect(read(protobufOf('Pod'), 'Secret')).toBeUndefined();
  });

  test('is not taken for one where JSON came instead', () => {
    expect(read(Buffer.from(JSON.stringify(jsonOf('Pod'))))).toBeUndefined();
    expect(read(Buffer.alloc(0))).toBeUndefined();
  });
});

describe('an answer that is garbled', () => {
  const whole = protobufOf('Pod');
  const isReadOrRefused = (body: Buffer): boolean => {
    try {
      return Array.isArray(read(body) ?? []);
    } catch (error) {
      return error instanceof GarbledAnswer;
    }
  };

  test('is refused wherever it breaks off', () => {
    for (let length = 4; length < whole.length; length += 97) expect(() => read(whole.subarray(0, length)), `${length} bytes`).toThrow(GarbledAnswer);
  });

  test('is refused or read as other values, whatever bytes are others', () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(changes, (changed) => {
        const body = Buffer.from(whole);
        for (const [at, byte] of changed) body[at] = byte;
        return isReadOrRefused(body);
      }),
      { numRuns: 300 },
    );
  });

  test('is refused or read when it is no message at all', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => isReadOrRefused(Buffer.concat([Buffer.from('k8s\0'), bytes]))));
  });
});

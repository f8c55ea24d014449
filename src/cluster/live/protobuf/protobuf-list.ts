import type { Kind } from '../../../domain/kubernetes/resource-type.ts';
import { GarbledAnswer } from '../../garbled-answer.ts';
import { Cursor } from './cursor.ts';
import { MessageDecoder } from './message-decoder.ts';
import { type MessageName, messageType } from './message-types.ts';
import { Repeated } from './repeated.ts';

/** The kinds that clusters hold most of, and their lists as messages.json knows them. */
const LISTS: Partial<Record<Kind, MessageName>> = {
  Pod: 'core/v1.PodList',
  Event: 'core/v1.EventList',
  PersistentVolumeClaim: 'core/v1.PersistentVolumeClaimList',
  ReplicaSet: 'apps/v1.ReplicaSetList',
  Job: 'batch/v1.JobList',
  EndpointSlice: 'discovery/v1.EndpointSliceList',
};

/** For a list of which the API server may say it; JSON where it cannot, as behind some proxies. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf, application/json';

export interface ProtobufList {
  /** Where the next page begins. */
  readonly token: string | undefined;
  /** Decoded one by one, without metadata.managedFields. Throws GarbledAnswer. */
  items(): Generator<unknown>;
}

export function isWrittenInProtobuf(kind: Kind): boolean {
  return LISTS[kind] !== undefined;
}

/** k8s.io/apimachinery, pkg/runtime/serializer/protobuf: four bytes, then the message Unknown, whose field 2 is the list. */
const PREFIX = Buffer.from('k8s\0');
const RAW = (2 << 3) | 2;
const METADATA = (1 << 3) | 2;
const ITEM = (2 << 3) | 2;

/** undefined: the answer is none. Its items need no more memory than one of them. Throws GarbledAnswer. */
export function protobufList(body: Buffer, kind: Kind): ProtobufList | undefined {
  const list = LISTS[kind];
  if (list === undefined || !body.subarray(0, PREFIX.length).equals(PREFIX)) return undefined;
  const cursor = new Cursor(body, PREFIX.length);
  const end = listEnd(cursor);
  const { fields } = messageType(list);
  const [metadata, item] = [fields[1]?.type, fields[2]?.type];
  if (typeof metadata !== 'object' || typeof item !== 'object') throw new Error(`messages.json: ${list} is no list`);
  const decoder = new MessageDecoder(cursor, new Repeated());
  const meta = cursor.at < end && cursor.unsigned() === METADATA ? decoder.decode(cursor.end(end), metadata) : {};
  const token = typeof meta['continue'] === 'string' ? meta['continue'] : undefined;
  return {
    token,
    *items() {
      while (cursor.at < end) {
        const tag = cursor.unsigned();
        if (tag === ITEM) yield decoder.decode(cursor.end(end), item);
        else cursor.skip(tag & 7, end);
      }
    },
  };
}

/** Goes to where the list begins, and tells where it ends. */
function listEnd(cursor: Cursor): number {
  const limit = cursor.bytes.length;
  while (cursor.at < limit) {
    const tag = cursor.unsigned();
    if (tag === RAW) return cursor.end(limit);
    cursor.skip(tag & 7, limit);
  }
  throw new GarbledAnswer();
}

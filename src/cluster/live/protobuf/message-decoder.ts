import { GarbledAnswer } from '../../garbled-answer.ts';
import type { Cursor } from './cursor.ts';
import { type Field, type MessageType, messageOf, type ValueType } from './message-types.ts';
import type { Repeated } from './repeated.ts';

export type Json = Record<string, unknown>;

const VARINT = 0;
const BYTES = 2;
/** What Go writes with code of its own is a message all the same (k8s.io/apimachinery, generated.proto). */
const QUANTITY = messageOf(['1 string string']);
const INT_OR_STRING = messageOf(['1 type int', '2 intVal int', '3 strVal string']);
const TIMESTAMP = messageOf(['1 seconds int', '2 nanos int']);
/** intstr.Type: 0 is a number. */
const IS_TEXT = 1;

/** Of the year 1 and of the year 9999 (apimachinery, Timestamp). */
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

/** Makes of messages what the API server would have written in JSON, but for what is null there: that is left out. */
export class MessageDecoder {
  readonly #cursor: Cursor;
  readonly #repeated: Repeated;

  constructor(cursor: Cursor, repeated: Repeated) {
    this.#cursor = cursor;
    this.#repeated = repeated;
  }

  /** The message from where the cursor is to `end`. Fields without a row are passed over. Throws GarbledAnswer. */
  decode(end: number, type: MessageType): Json {
    const into: Json = {};
    this.#readFields(end, type, into);
    return into;
  }

  #readFields(end: number, { fields }: MessageType, into: Json): void {
    const cursor = this.#cursor;
    while (cursor.at < end) {
      const tag = cursor.unsigned();
      const field = fields[tag >>> 3];
      if (field === undefined) cursor.skip(tag & 7, end);
      else if ((tag & 7) === BYTES) this.#readBytes(cursor.end(end), field, into);
      else if ((tag & 7) === VARINT) this.#readNumber(field, into);
      else throw new GarbledAnswer();
    }
    if (cursor.at !== end) throw new GarbledAnswer();
  }

  #readNumber({ name, type, repeats, omitEmpty }: Field, into: Json): void {
    const number = this.#cursor.signed();
    if (type !== 'int' && type !== 'bool') throw new GarbledAnswer();
    if (repeats !== undefined) append(into, name, number);
    else if (number !== 0 || !omitEmpty) into[name] = type === 'bool' ? number !== 0 : number;
  }

  #readBytes(end: number, { name, type, repeats, omitEmpty, inline }: Field, into: Json): void {
    if (inline) {
      this.#readFields(end, type as MessageType, into);
    } else if (repeats === 'list') {
      append(into, name, this.#value(end, type));
    } else if (repeats === 'map') {
      const { key = '', value = '' } = this.decode(end, type as MessageType) as { key?: string; value?: unknown };
      put(into, name, key, value);
    } else {
      const value = this.#value(end, type);
      if (value !== undefined && (value !== '' || !omitEmpty)) into[name] = value;
    }
  }

  #value(end: number, type: ValueType): unknown {
    if (typeof type === 'object') {
      return type.isRepeated ? this.#repeated.message(this.#cursor, end, () => this.decode(end, type)) : this.decode(end, type);
    }
    switch (type) {
      case 'string':
        return this.#repeated.text(this.#cursor, end);
      case 'quantity':
        return this.decode(end, QUANTITY)['string'] ?? '';
      case 'int-or-string': {
        const { type: kind, intVal = 0, strVal = '' } = this.decode(end, INT_OR_STRING);
        return kind === IS_TEXT ? strVal : intVal;
      }
      case 'time':
      case 'micro-time':
        return this.#time(end, type);
      default:
        throw new GarbledAnswer();
    }
  }

  /**
   * As Go's JSON writes them (apimachinery, Time.MarshalJSON, MicroTime.MarshalJSON). Go's zero time, null there, is an empty message;
   * the second 0, which containerd gives to what never started, is not.
   */
  #time(end: number, type: 'time' | 'micro-time'): string | undefined {
    if (this.#cursor.at === end) return undefined;
    const { seconds = 0, nanos = 0 } = this.decode(end, TIMESTAMP) as { seconds?: number; nanos?: number };
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw new GarbledAnswer();
    const second = this.#repeated.second(seconds);
    return type === 'time' ? second : `${second.slice(0, -'Z'.length)}.${String(Math.floor(nanos / 1000)).padStart(6, '0')}Z`;
  }
}

function append(into: Json, name: string, value: unknown): void {
  const list = into[name] as unknown[] | undefined;
  if (list === undefined) into[name] = [value];
  else list.push(value);
}

function put(into: Json, name: string, key: string, value: unknown): void {
  const map = (into[name] as Json | undefined) ?? {};
  into[name] = map;
  // Of this name, too, a key is a key.
  if (key === '__proto__') Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true });
  else map[key] = value;
}

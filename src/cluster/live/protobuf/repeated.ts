import type { Cursor } from './cursor.ts';

const SLOTS = 4096;
/** Longer ones are seldom the same. */
const LONGEST = 400;
const LONGEST_TEXT = 64;

interface Kept {
  readonly bytes: Uint8Array;
  readonly value: object;
}

/**
 * What lists of objects say over and over is made once: strings (names, images, states), times, and messages that pods of one template
 * have alike. Of two that fall into one slot the later stays, so it never grows.
 */
export class Repeated {
  readonly #texts: string[] = new Array<string>(SLOTS).fill('');
  readonly #messages: (Kept | undefined)[] = new Array<Kept | undefined>(SLOTS).fill(undefined);
  readonly #times: ({ readonly seconds: number; readonly text: string } | undefined)[] = new Array(SLOTS).fill(undefined);

  /** The UTF-8 from where `cursor` is to `end`. */
  text(cursor: Cursor, end: number): string {
    const { bytes, at } = cursor;
    cursor.at = end;
    const length = end - at;
    if (length === 0) return '';
    if (length > LONGEST_TEXT) return bytes.toString('utf8', at, end);
    // FNV-1a over ASCII; what is not goes the long way.
    let hash = 0x811c9dc5;
    for (let index = at; index < end; index += 1) {
      const byte = bytes[index] as number;
      if (byte > 0x7f) return bytes.toString('utf8', at, end);
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    const slot = slotOf(hash);
    const known = this.#texts[slot] as string;
    if (known.length === length && isTextAt(known, bytes, at)) return known;
    const text = bytes.toString('latin1', at, end);
    this.#texts[slot] = text;
    return text;
  }

  /** What `decode` makes of the bytes from where `cursor` is to `end`. It must not be changed afterwards. */
  message<T extends object>(cursor: Cursor, end: number, decode: () => T): T {
    const { bytes, at } = cursor;
    if (end - at > LONGEST) return decode();
    let hash = 0x811c9dc5;
    for (let index = at; index < end; index += 1) hash = Math.imul(hash ^ (bytes[index] as number), 0x01000193);
    const slot = slotOf(hash);
    const known = this.#messages[slot];
    if (known !== undefined && known.bytes.length === end - at && areBytesAt(known.bytes, bytes, at)) {
      cursor.at = end;
      return known.value as T;
    }
    const value = decode();
    this.#messages[slot] = { bytes: Uint8Array.prototype.slice.call(bytes, at, end), value };
    return value;
  }

  /** RFC 3339: `2026-01-01T00:00:00Z`. */
  second(seconds: number): string {
    const slot = Math.abs(seconds) & (SLOTS - 1);
    const known = this.#times[slot];
    if (known?.seconds === seconds) return known.text;
    const text = `${new Date(seconds * 1000).toISOString().slice(0, -'.000Z'.length)}Z`;
    this.#times[slot] = { seconds, text };
    return text;
  }
}

function slotOf(hash: number): number {
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}

function isTextAt(text: string, bytes: Buffer, at: number): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) !== bytes[at + index]) return false;
  return true;
}

function areBytesAt(known: Uint8Array, bytes: Buffer, at: number): boolean {
  for (let index = 0; index < known.length; index += 1) if (known[index] !== bytes[at + index]) return false;
  return true;
}

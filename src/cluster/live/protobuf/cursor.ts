import { GarbledAnswer } from '../../garbled-answer.ts';

const TWO_32 = 2 ** 32;

/** Reads the values that messages are written with (protobuf.dev, Encoding), one after the other. Throws GarbledAnswer. */
export class Cursor {
  readonly bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  /** An integer of at most 32 bits, not signed: a tag, a length, a truth. */
  unsigned(): number {
    const { bytes } = this;
    let byte = bytes[this.at++];
    if (byte !== undefined && byte < 0x80) return byte;
    let value = 0;
    for (let shift = 1; byte !== undefined && shift < TWO_32 * 8; shift *= 0x80) {
      value += (byte & 0x7f) * shift;
      if (byte < 0x80) return value;
      byte = bytes[this.at++];
    }
    throw new GarbledAnswer();
  }

  /** An integer of 64 bits: what is less than nothing is written as its complement. Exact up to 2^53. */
  signed(): number {
    const { bytes } = this;
    const first = bytes[this.at] ?? 0;
    if (first < 0x80) return this.unsigned();
    let [low, high] = [0, 0];
    for (let count = 0; count < 10; count += 1) {
      const byte = bytes[this.at++];
      if (byte === undefined) throw new GarbledAnswer();
      // Four groups of seven bits are 28: the fifth stands in both halves.
      if (count < 4) low += (byte & 0x7f) * 2 ** (count * 7);
      else high += (byte & 0x7f) * 2 ** ((count - 4) * 7);
      if (byte < 0x80) return combined(low, high);
    }
    throw new GarbledAnswer();
  }

  /** The end of what follows, as the length before it tells. */
  end(limit: number): number {
    const length = this.unsigned();
    const end = this.at + length;
    if (end > limit) throw new GarbledAnswer();
    return end;
  }

  /** Passes over the value of a field that nothing is known of. */
  skip(wireType: number, limit: number): void {
    if (wireType === 0) this.signed();
    else if (wireType === 1) this.at += 8;
    else if (wireType === 2) this.at = this.end(limit);
    else if (wireType === 5) this.at += 4;
    else throw new GarbledAnswer();
    if (this.at > limit) throw new GarbledAnswer();
  }
}

/** `high` counts in steps of 2^28. */
function combined(low: number, high: number): number {
  const whole = 2 ** 36;
  const signed = high >= whole / 2 ? high - whole : high;
  return signed * 2 ** 28 + low;
}

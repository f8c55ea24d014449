import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An answer with more bytes than were allowed for. */
export class AnswerTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`the answer is larger than ${maxBytes} bytes`);
    this.name = 'AnswerTooLarge';
  }
}

export interface BodyLimits {
  /** Read at most. */
  readonly maxBytes: number;
  /** Keep at most, the last ones. */
  readonly keepEnd: number;
}

export interface Body {
  readonly bytes: Buffer;
  /** With those that were not kept. */
  readonly length: number;
}

/** The bytes of an answer, unpacked. Throws AnswerTooLarge as soon as there are more than `maxBytes` of them; the rest is not read. */
export async function readBody(body: Readable, encoding: string | undefined, { maxBytes, keepEnd }: BodyLimits): Promise<Body> {
  // The callback is there because pipeline wants one; a failure reaches the loop below through the stream itself.
  const plain = encoding === 'gzip' ? pipeline(body, createGunzip(), () => {}) : body;
  const chunks: Buffer[] = [];
  let [length, held] = [0, 0];
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    length += chunk.length;
    held += chunk.length;
    if (length > maxBytes) throw new AnswerTooLarge(maxBytes);
    chunks.push(chunk);
    while (held - (chunks[0]?.length ?? 0) >= keepEnd) held -= chunks.shift()?.length ?? 0;
  }
  const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, held);
  return { bytes: held > keepEnd ? bytes.subarray(held - keepEnd) : bytes, length };
}

import { finished, pipeline, type Readable } from 'node:stream';
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
export function readBody(body: Readable, encoding: string | undefined, { maxBytes, keepEnd }: BodyLimits): Promise<Body> {
  // The callback is there because pipeline wants one; a failure is told by the stream itself.
  const plain = encoding === 'gzip' ? pipeline(body, createGunzip(), () => {}) : body;
  const chunks: Buffer[] = [];
  let [length, held] = [0, 0];
  return new Promise((resolve, reject) => {
    // No `for await`: of a list of thousands, a promise for every 16 KB costs as much as unpacking them.
    plain.on('data', (chunk: Buffer) => {
      length += chunk.length;
      held += chunk.length;
      if (length > maxBytes) plain.destroy(new AnswerTooLarge(maxBytes));
      chunks.push(chunk);
      while (held - (chunks[0]?.length ?? 0) >= keepEnd) held -= chunks.shift()?.length ?? 0;
    });
    finished(plain, { writable: false }, (error) => {
      if (error) return reject(error);
      const bytes = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, held);
      resolve({ bytes: held > keepEnd ? bytes.subarray(held - keepEnd) : bytes, length });
    });
  });
}

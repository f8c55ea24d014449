import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

/** An answer with more bytes than were allowed for. */
export class AnswerTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`the answer is larger than ${maxBytes} bytes`);
    this.name = 'AnswerTooLarge';
  }
}

/** The bytes of an answer, unpacked. Throws AnswerTooLarge as soon as there are more than `maxBytes` of them; the rest is not read. */
export async function readBody(body: Readable, encoding: string | undefined, maxBytes: number): Promise<Buffer> {
  // The callback is there because pipeline wants one; a failure reaches the loop below through the stream itself.
  const plain = encoding === 'gzip' ? pipeline(body, createGunzip(), () => {}) : body;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of plain as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new AnswerTooLarge(maxBytes);
    chunks.push(chunk);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, bytes);
}

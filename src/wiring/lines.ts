import { createInterface } from 'node:readline';

/** Standard input line by line, until it ends or `signal` is aborted. */
export async function* linesOf(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  const reader = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  signal.addEventListener('abort', () => reader.close(), { once: true });
  if (!signal.aborted) yield* reader;
  reader.close();
}

/** Standard input line by line, until it ends or `signal` is aborted. */
export async function* linesOf(input: NodeJS.ReadableStream, signal: AbortSignal): AsyncGenerator<string> {
  // Not imported: few runs read lines, and loading it is a good part of what --help takes.
  const reader = process.getBuiltinModule('node:readline').createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY, terminal: false });
  signal.addEventListener('abort', () => reader.close(), { once: true });
  if (!signal.aborted) yield* reader;
  reader.close();
}

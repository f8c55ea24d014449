import { stripVTControlCharacters } from 'node:util';

/** What is beyond this of a line is dropped: a log without line ends must not fill the memory. */
const MAX_LINE = 65_536;
const ESCAPE = '\u001b';

/** Cuts chunks into lines, without line ends and terminal colours. Holds at most one line. */
export class LineSplitter {
  readonly #decoder = new TextDecoder();
  readonly #sink: (line: string) => void;
  #rest = '';
  #pending = false;
  bytes = 0;

  constructor(sink: (line: string) => void) {
    this.#sink = sink;
  }

  push(chunk: string | Uint8Array): void {
    this.bytes += typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
    const text = typeof chunk === 'string' ? chunk : this.#decoder.decode(chunk, { stream: true });
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      this.#keep(text, start, end);
      this.#emit();
      start = end + 1;
    }
    this.#keep(text, start, text.length);
  }

  end(): void {
    if (this.#pending) this.#emit();
  }

  #keep(text: string, start: number, end: number): void {
    if (end <= start) return;
    this.#pending = true;
    const room = MAX_LINE - this.#rest.length;
    if (room <= 0) return;
    const part = text.slice(start, Math.min(end, start + room));
    this.#rest = this.#rest === '' ? part : this.#rest + part;
  }

  #emit(): void {
    let line = this.#rest;
    this.#rest = '';
    this.#pending = false;
    if (line.endsWith('\r')) line = line.slice(0, -1);
    this.#sink(line.includes(ESCAPE) ? stripVTControlCharacters(line) : line);
  }
}

import { connectionError } from '../../domain/connection-error.ts';
import { endpointIn } from '../../domain/endpoint-in.ts';
import type { LogExcerpt, LogLine } from '../../domain/log-excerpt.ts';
import { EndpointBook } from './endpoint-book.ts';
import { FailureCollector } from './failure-collector.ts';
import { mayTellOfConnection } from './failure-shape.ts';
import { isErrorLevel, type Level } from './level.ts';
import { LineSplitter } from './line-splitter.ts';
import { lineTime } from './line-time.ts';
import { type LogRecord, readRecord } from './record.ts';
import { Ring } from './ring.ts';
import { TemplateMiner } from './template-miner.ts';

export interface LogMeta {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  /** ISO 8601 */
  readonly readAt: string;
  /** The text given is not the whole log. */
  readonly truncated: boolean;
}

const TAIL_LINES = 40;
const ERROR_LINES = 60;
const TEMPLATES = 40;
const MAX_KEPT_LINE = 1_000;
const MAX_BLOCK = 12_000;

/** One pass over a log of any size in bounded memory. `redact` is applied to everything that is kept. */
export async function mineLog(
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
  meta: LogMeta,
  redact: (text: string) => string,
): Promise<LogExcerpt> {
  const miner = new LogMiner();
  const splitter = new LineSplitter((line) => miner.line(line));
  for await (const chunk of chunks) splitter.push(chunk);
  splitter.end();
  return miner.excerpt({ ...meta, bytes: splitter.bytes }, redact);
}

interface KeptLine {
  readonly number: number;
  readonly raw: string;
  readonly text: string;
}

class LogMiner {
  readonly #failures = new FailureCollector();
  readonly #templates = new TemplateMiner();
  readonly #endpoints = new EndpointBook();
  readonly #tail = new Ring<KeptLine>(TAIL_LINES);
  readonly #errors = new Ring<KeptLine>(ERROR_LINES);
  #lines = 0;

  line(raw: string): void {
    this.#lines += 1;
    const number = this.#lines;
    const record = readRecord(raw);
    const { text, level } = record;
    const inTrace = this.#failures.push(number, raw, record);
    this.#tail.push({ number, raw, text: record.line });
    if (text.trim() === '') return;
    if (!inTrace) {
      this.#templates.add(record, number);
      if (isError(record)) this.#errors.push({ number, raw, text });
    }
    this.#endpoints.answer(text);
    if (record.traits.tellsOfConnection) this.#connection(text, level, number);
    if (record.stack !== undefined) this.#connectionInStack(record.stack, number);
  }

  /** The innermost line of a trace that names a host is the one that tells. */
  #connectionInStack(stack: string, number: number): void {
    const told = stack.split('\n').findLast((line) => mayTellOfConnection(line) && endpointIn(line) !== undefined);
    if (told !== undefined) this.#endpoints.failure(told.trim(), number);
  }

  #connection(text: string, level: Level, number: number): void {
    const failure = connectionError(text);
    // Below a warning the words for "unavailable" are those of settings and access logs.
    if (failure !== undefined && !(level === 'info' && failure === 'unavailable')) this.#endpoints.failure(text, number);
    else this.#endpoints.success(text);
  }

  excerpt(meta: LogMeta & { readonly bytes: number }, redact: (text: string) => string): LogExcerpt {
    const keep = (text: string): string => shorten(redact(printable(text)), MAX_KEPT_LINE);
    const lineOf = ({ number, raw, text }: KeptLine): LogLine => ({ number, text: keep(text), ...timeOf(raw, meta.readAt) });
    const failure = this.#failures.result();
    return {
      ...meta,
      lines: this.#lines,
      fatal:
        failure === undefined
          ? null
          : { ...failure.block, text: shorten(redact(printable(failure.block.text)), MAX_BLOCK), ...timeOf(failure.head, meta.readAt) },
      deepestCause: failure?.cause == null ? null : keep(failure.cause),
      causes: this.#failures.causes().map(({ text, count, line, head }) => ({ number: line, text: keep(text), count, ...timeOf(head, meta.readAt) })),
      templates: this.#templates.templates(TEMPLATES).map((it) => ({ ...it, template: keep(it.template), example: keep(it.example) })),
      endpoints: this.#endpoints.endpoints().map((endpoint) => ({ ...endpoint, host: printable(endpoint.host), example: keep(endpoint.example) })),
      tail: this.#tail.values().map(lineOf),
      errors: this.#errors.values().map(lineOf),
    };
  }
}

function isError({ level, traits }: LogRecord): boolean {
  if (isErrorLevel(level)) return true;
  return level === 'info' ? traits.strongError : traits.error;
}

function timeOf(raw: string, readAt: string): { readonly at?: string } {
  const at = lineTime(raw, readAt);
  return at === undefined ? {} : { at };
}

/** Control characters are no part of a message, and must not reach a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n]/gu, '');
}

function shorten(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit)} …`;
}

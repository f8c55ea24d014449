import { type Level, levelOf } from './level.ts';
import { type LineTraits, traitsOf } from './line-traits.ts';

/** One line, understood. */
export interface LogRecord {
  readonly level: Level;
  /** The line without what the runtime put before it. */
  readonly line: string;
  /** The line as a person would read it: for structured lines the message and the error, else the line without the runtime's prefix. */
  readonly text: string;
  /** A stack trace that a structured line carries. */
  readonly stack: string | undefined;
  readonly structured: boolean;
  /** Of the text; its level is that of a plain line. */
  readonly traits: LineTraits;
}

/** `kubectl logs --timestamps`, or a runtime's own file: time, stream, partial flag. */
const RUNTIME_PREFIX = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}(?:Z|[+-]\d\d:\d\d)(?: |$)(?:(?:stdout|stderr) [FP] )?/;
/** A JSON line may stand behind a short prefix, as compose and some log shippers write it. */
const JSON_START = /^\S{0,40}\s?\{"/;

export function readRecord(raw: string): LogRecord {
  const line = withoutPrefix(raw);
  // Behind the runtime's time a program may write one of its own.
  const body = withoutPrefix(line);
  const structured = jsonRecord(body, line);
  if (structured !== undefined) return structured;
  const traits = traitsOf(body);
  return { level: traits.level, line, text: body, stack: undefined, structured: false, traits };
}

function withoutPrefix(line: string): string {
  return line.charCodeAt(10) === 84 /* T */ ? line.slice(RUNTIME_PREFIX.exec(line)?.[0].length ?? 0) : line;
}

type Fields = Readonly<Record<string, unknown>>;

function jsonRecord(body: string, line: string): LogRecord | undefined {
  if (!body.endsWith('}') || !JSON_START.test(body)) return undefined;
  let fields: unknown;
  try {
    fields = JSON.parse(body.slice(body.indexOf('{')));
  } catch {
    return undefined;
  }
  return isFields(fields) ? fromFields(fields, body, line) : undefined;
}

function fromFields(fields: Fields, body: string, line: string): LogRecord {
  const message = firstText(fields, ['msg', 'message', 'Message', '@m', '@mt', 'log', 'event', 'short_message', 'body', 'text', 'RenderedMessage']);
  const errorField = fields['error'] ?? fields['err'] ?? fields['exception'] ?? fields['Exception'] ?? fields['thrown'];
  const error = typeof errorField === 'string' ? errorField : isFields(errorField) ? firstText(errorField, ['message', 'msg', 'Message', 'reason']) : undefined;
  const [errorLine = ''] = (error ?? '').split('\n', 1);
  const told = [message, errorLine].filter((part) => part !== undefined && part !== '').join(': ');
  const text = told === '' ? body : told;
  const level = levelOf(
    fields['level'] ??
      fields['severity'] ??
      fields['lvl'] ??
      fields['levelname'] ??
      fields['LogLevel'] ??
      fields['Level'] ??
      fields['@l'] ??
      fields['log.level'],
  );
  return { level, line, text, stack: stackOf(fields, errorField), structured: true, traits: traitsOf(text) };
}

const STACK_FIELDS = [
  'stack',
  'stack_trace',
  'stackTrace',
  'stacktrace',
  'exc_info',
  'traceback',
  'exception',
  'Exception',
  '@x',
  'error.stack_trace',
  'errorVerbose',
];

function stackOf(fields: Fields, error: unknown): string | undefined {
  const nested = isFields(error) ? firstText(error, ['stack', 'stack_trace', 'stackTrace', 'extendedStackTrace', 'StackTrace']) : undefined;
  const stack = firstText(fields, STACK_FIELDS) ?? nested ?? (typeof error === 'string' ? error : undefined);
  return stack?.includes('\n') ? stack : undefined;
}

function firstText(fields: Fields, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

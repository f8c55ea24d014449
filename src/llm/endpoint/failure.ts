import { type CodedError, coded } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';
import { redacted } from '../../redact/marker.ts';
import type { Redactor } from '../../redact/redactor.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A request that brought no answer, sorted by what can be done about it. */
export interface EndpointFailure {
  readonly kind: 'unreachable' | 'unauthorized' | 'quota' | 'overloaded' | 'refused' | 'cut' | 'unusable';
  /** What the server said, on one line. */
  readonly text: string;
  /** How long it asked us to wait. */
  readonly retryAfterMs?: number;
}

const MAX_SAID = 300;
const QUOTA = /insufficient_quota|exceeded your (?:current )?quota|billing|credit balance|payment required|spending limit/i;
const OVERLOADED = /overload|too many requests|rate.?limit|capacity|try again|unavailable|loading model|model is loading/i;

/** Sorts what the client threw. Bodies come as objects, strings, lists and HTML pages. */
export function failureOf(error: unknown): EndpointFailure {
  const {
    status,
    error: body,
    message = '',
    headers,
    name,
    cause,
  } = error as { status?: number; error?: unknown; message?: string; headers?: unknown; name?: string; cause?: unknown };
  if (error instanceof SyntaxError) return { kind: 'unusable', text: `its answer is not JSON (${oneLine(message)})` };
  // A stream may tell an error in the middle, without a status of its own.
  if (status === undefined && body !== undefined) return { kind: OVERLOADED.test(saidIn(body)) ? 'overloaded' : 'cut', text: saidIn(body) };
  if (status === undefined) {
    const cut =
      /terminated|premature|aborted|closed|ECONNRESET|other side/i.test(`${message} ${name} ${String(cause)}`) &&
      !/ECONNREFUSED/.test(String((cause as { code?: unknown })?.code));
    return { kind: cut ? 'cut' : 'unreachable', text: reasonOf(deepest(error)) };
  }
  // Without a body that it can read, the client puts the text behind the status.
  const said = saidIn(body) || saidIn(message.replace(/^\d{3} /, ''));
  const text = `HTTP ${status}: ${said}`;
  const retryAfterMs = retryAfterOf(headers);
  const waits = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 401 || status === 403) return { kind: 'unauthorized', text };
  if (status === 402 || QUOTA.test(said)) return { kind: 'quota', text };
  if (status === 429 || status >= 500 || (status === 408 && OVERLOADED.test(said))) return { kind: 'overloaded', text, ...waits };
  return { kind: 'refused', text };
}

/** Clients wrap what the socket said, some twice. */
function deepest(error: unknown): unknown {
  const { cause } = error as { cause?: unknown };
  return cause === undefined || cause === null ? error : deepest(cause);
}

/** What a body says is wrong, wherever it says it. */
function saidIn(body: unknown): string {
  if (typeof body === 'string') return oneLine(/^\s*</.test(body) ? pageText(body) : body);
  if (Array.isArray(body)) return saidIn(body[0]);
  if (typeof body !== 'object' || body === null) return '';
  const { error, message, detail, msg, code } = body as Fields;
  const inner = [message, error, detail, msg].find((each) => each !== undefined && each !== null);
  const said = inner === undefined ? oneLine(JSON.stringify(body)) : saidIn(inner);
  return typeof code === 'string' && !said.includes(code) ? `${said} (${code})` : said;
}

/** An HTML page's title, or its words. */
function pageText(html: string): string {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1]?.trim();
  return `a web page${title ? ` titled "${title}"` : `: ${html.replace(/<[^>]+>/g, ' ')}`}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_SAID ? `${line.slice(0, MAX_SAID)} …` : line;
}

function retryAfterOf(headers: unknown): number | undefined {
  if (!(headers instanceof Headers)) return undefined;
  const exact = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(exact)) return exact;
  const given = headers.get('retry-after');
  if (given === null) return undefined;
  const seconds = Number(given);
  const wait = Number.isFinite(seconds) ? seconds * 1_000 : Date.parse(given) - Date.now();
  return Number.isFinite(wait) && wait >= 0 ? wait : undefined;
}

const CODES = {
  unreachable: 'LLM_UNREACHABLE',
  cut: 'LLM_UNREACHABLE',
  unauthorized: 'LLM_UNAUTHORIZED',
  quota: 'LLM_QUOTA_USED_UP',
  overloaded: 'LLM_OVERLOADED',
  refused: 'LLM_REFUSED',
  unusable: 'LLM_ANSWER_UNUSABLE',
} as const;

interface Answerer {
  readonly label: string;
  readonly apiKey: string | undefined;
  readonly redactor: Pick<Redactor, 'text'>;
}

/** The coded error of a failure. Servers repeat keys in what they say, of whatever shape: ours goes by its value, others by the redactor. */
export function codedFailure({ kind, text }: EndpointFailure, { label, apiKey, redactor }: Answerer): CodedError {
  const withoutKey = apiKey === undefined || apiKey === '' ? text : text.replaceAll(apiKey, redacted('api-key'));
  return coded(CODES[kind], { label, reason: redactor.text(withoutKey) });
}

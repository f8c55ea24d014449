/** Where a piece of work stands in a trace (https://www.w3.org/TR/trace-context/). */
export interface TraceContext {
  readonly traceId: string;
  /** The span for which whatever comes next is done. */
  readonly spanId: string;
  /** Whoever records traces records this one. */
  readonly sampled: boolean;
  /** What other systems keep in it, handed on as it came; null: nothing. */
  readonly state: string | null;
}

type Header = string | readonly string[] | undefined;

const TRACEPARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;
const LONGEST_STATE = 512;
const MOST_MEMBERS = 32;
const MEMBER = /^[ \t]*([a-z0-9][a-z0-9_*/@-]{0,255})=([\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e])[ \t]*$/;

/** What a caller sent of its trace; undefined where that is missing or not exactly as the recommendation says. */
export function parseTraceContext(traceparent: Header, tracestate?: Header): TraceContext | undefined {
  const [, version, traceId = '', spanId = '', flags = '', rest] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || [];
  // Later versions may append to it; this one may not.
  if (version === undefined || version === 'ff' || (version === '00' && rest !== undefined)) return undefined;
  if (isZero(traceId) || isZero(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1, state: stateOf(tracestate) };
}

export function traceparentOf({ traceId, spanId, sampled }: Omit<TraceContext, 'state'>): string {
  return `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
}

/** A trace that begins here. */
export function newTrace(): TraceContext {
  return { traceId: randomHex(16), spanId: newSpanId(), sampled: false, state: null };
}

export function newSpanId(): string {
  return randomHex(8);
}

/** All or nothing: a list that was cut or mended would not be what its writers sent. */
function stateOf(header: Header): string | null {
  const text = typeof header === 'string' ? header : (header ?? []).join(',');
  if (text === '' || text.length > LONGEST_STATE) return null;
  const members = text.split(',').filter((member) => member.trim() !== '');
  const keys = members.map((member) => MEMBER.exec(member)?.[1]);
  const isValid = members.length <= MOST_MEMBERS && !keys.includes(undefined) && new Set(keys).size === keys.length;
  return isValid && members.length > 0 ? members.map((member) => member.trim()).join(',') : null;
}

function isZero(id: string): boolean {
  return /^0+$/.test(id);
}

let pool = new Uint8Array(0);
let taken = 0;

/** To ask for a few bytes takes as long as to ask for some thousand, and every request needs a few. */
function randomHex(bytes: number): string {
  if (taken + bytes > pool.length) {
    // Of the global, which is loaded when it is first asked.
    pool = crypto.getRandomValues(new Uint8Array(4_096));
    taken = 0;
  }
  taken += bytes;
  return Buffer.from(pool.subarray(taken - bytes, taken)).toString('hex');
}

import { type Correlation, correlated, currentCorrelation } from './correlation.ts';
import type { Attributes, FinishedSpan, SpanKind } from './finished-span.ts';
import { newSpanId } from './trace-context.ts';

const CODE = /^[A-Z]\w{1,60}$/;

export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
}

/** A piece of work that goes on. */
export interface OpenSpan {
  /** What is done for it is correlated by this. */
  readonly correlation: Correlation | undefined;
  set(attributes: Attributes): void;
  /** `error`: the code of what went wrong. */
  end(error?: string): void;
}

/** Begins a span below the one that is under way. Where nobody records it, this costs nothing and changes nothing. */
export function openSpan(name: string, { kind = 'internal', attributes = {} }: SpanOptions = {}, below = currentCorrelation()): OpenSpan {
  if (below?.recorder === undefined || !below.trace.sampled) return { correlation: below, set: () => {}, end: () => {} };
  const trace = { ...below.trace, spanId: newSpanId() };
  return recordedSpan({ name, kind, trace, parent: { spanId: below.trace.spanId, isRemote: false }, attributes }, below);
}

/** Does a piece of work as a span of its own. What it throws is thrown, and its code is told. */
export async function traced<T>(name: string, options: SpanOptions, work: (span: Pick<OpenSpan, 'set'>) => Promise<T>): Promise<T> {
  const span = openSpan(name, options);
  if (span.correlation === currentCorrelation()) return work(span);
  try {
    const result = await correlated(span.correlation, () => work(span));
    span.end();
    return result;
  } catch (error) {
    span.end(errorCodeOf(error));
    throw error;
  }
}

export type SpanBegun = Pick<FinishedSpan, 'name' | 'kind' | 'trace' | 'parent' | 'attributes'>;

/** A span whose place in the trace is known. */
export function recordedSpan(begun: SpanBegun, correlation: Correlation): OpenSpan {
  const startedAt = now();
  let attributes = begun.attributes;
  let hasEnded = false;
  return {
    correlation: { ...correlation, trace: begun.trace },
    set: (more) => {
      attributes = { ...attributes, ...more };
    },
    end: (error) => {
      if (hasEnded) return;
      hasEnded = true;
      correlation.recorder?.record({ ...begun, attributes, startedAt, endedAt: now(), error: error ?? null });
    },
  };
}

/** What went wrong, without words: what others call a code may be a sentence. */
function errorCodeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return [code, name].find((text): text is string => typeof text === 'string' && CODE.test(text)) ?? 'Error';
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

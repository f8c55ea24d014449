import type { TraceContext } from './trace-context.ts';

export type Attributes = Readonly<Record<string, string | number | boolean>>;
export type SpanKind = 'server' | 'client' | 'internal';

/** A piece of work that has ended; plain data, so that a thread can hand it to its process. */
export interface FinishedSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly trace: TraceContext;
  /** null: the trace begins with it. */
  readonly parent: { readonly spanId: string; readonly isRemote: boolean } | null;
  /** Milliseconds since 1970, with fractions. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly attributes: Attributes;
  /** A code, never a message: those name what was read. */
  readonly error: string | null;
}

/** Where spans go that have ended. It takes them at once and never throws. */
export interface SpanRecorder {
  record(span: FinishedSpan): void;
}

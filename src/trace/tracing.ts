import type { SpanRecorder } from './finished-span.ts';
import type { TraceContext } from './trace-context.ts';

/** Records spans, of those traces that are to be recorded. */
export interface Tracing {
  readonly recorder: SpanRecorder;
  /** Whether a trace that comes in, or begins here, is recorded. */
  samples(trace: TraceContext, isRemote: boolean): boolean;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import type { SpanRecorder } from './finished-span.ts';
import { newSpanId, newTrace, parseTraceContext, type TraceContext, traceparentOf } from './trace-context.ts';

/** What ties together all that is done for one request or one incident, in this process and beyond. */
export interface Correlation {
  readonly correlationId: string;
  readonly incidentId: string | undefined;
  readonly trace: TraceContext;
  /** Where spans go; undefined: nobody records them here. */
  readonly recorder: SpanRecorder | undefined;
}

/** The same as it is kept with an incident, and handed to a thread. */
export interface CarriedCorrelation {
  readonly correlationId: string;
  readonly traceparent: string;
  readonly tracestate: string | null;
}

const underWay = new AsyncLocalStorage<Correlation | undefined>();

/** What the work that is being done right now belongs to. */
export function currentCorrelation(): Correlation | undefined {
  return underWay.getStore();
}

/** Does work as part of what it is correlated by. */
export function correlated<T>(correlation: Correlation | undefined, work: () => T): T {
  return underWay.run(correlation, work);
}

/** The same items; what is done for each of them is part of what it is correlated by, whoever asks for it. */
export async function* correlatedEach<T>(correlation: Correlation | undefined, items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await correlated(correlation, () => iterator.next());
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await correlated(correlation, () => iterator.return?.());
  }
}

/** What each line of a log tells of it. */
export function logFields(): Readonly<Record<string, string>> {
  const correlation = currentCorrelation();
  if (correlation === undefined) return {};
  const { correlationId, incidentId, trace } = correlation;
  return { correlation_id: correlationId, trace_id: trace.traceId, ...(incidentId === undefined ? {} : { incident_id: incidentId }) };
}

/** What a request to another part of the system is sent with; nothing, where the work belongs to none. */
export function outgoingHeaders(): Readonly<Record<string, string>> {
  const correlation = currentCorrelation();
  if (correlation === undefined) return {};
  const { correlationId, incidentId, trace, recorder } = correlation;
  // Where no span is recorded, the request itself is the only one that can be named.
  const sent = recorder !== undefined && trace.sampled ? trace : { ...trace, spanId: newSpanId() };
  return {
    'x-correlation-id': correlationId,
    ...(incidentId === undefined ? {} : { 'x-incident-id': incidentId }),
    traceparent: traceparentOf(sent),
    ...(trace.state === null ? {} : { tracestate: trace.state }),
  };
}

/** The current one, to be kept or handed on. */
export function carriedNow(): CarriedCorrelation | null {
  const correlation = currentCorrelation();
  if (correlation === undefined) return null;
  const { correlationId, trace } = correlation;
  return { correlationId, traceparent: traceparentOf(trace), tracestate: trace.state };
}

/** Goes on with what was carried to here. An incident that carries nothing is known by its own id. */
export function resumed(carried: CarriedCorrelation | null, incidentId: string | undefined, recorder: SpanRecorder | undefined): Correlation {
  const trace = carried === null ? undefined : parseTraceContext(carried.traceparent, carried.tracestate ?? undefined);
  return { correlationId: carried?.correlationId ?? incidentId ?? newTrace().traceId, incidentId, trace: trace ?? newTrace(), recorder };
}

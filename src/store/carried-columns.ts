import type { CarriedCorrelation } from '../trace/correlation.ts';

/** What is kept beside an incident of the request that asked for it. */
export interface CarriedColumns {
  readonly correlation_id: string | null;
  readonly traceparent: string | null;
  readonly tracestate: string | null;
}

export function carriedIn({ correlation_id: correlationId, traceparent, tracestate }: CarriedColumns): CarriedCorrelation | null {
  return correlationId === null || traceparent === null ? null : { correlationId, traceparent, tracestate };
}

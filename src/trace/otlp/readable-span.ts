import { type HrTime, SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { FinishedSpan } from '../finished-span.ts';

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const satisfies Record<FinishedSpan['kind'], SpanKind>;

/** A span of ours as the SDK takes it. */
export function readableSpan(span: FinishedSpan, resource: Resource, instrumentationScope: ReadableSpan['instrumentationScope']): ReadableSpan {
  const { name, kind, trace, parent, startedAt, endedAt, attributes, error } = span;
  const own = { traceId: trace.traceId, traceFlags: trace.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE };
  const context = { ...own, spanId: trace.spanId };
  return {
    name,
    kind: KINDS[kind],
    spanContext: () => context,
    ...(parent === null ? {} : { parentSpanContext: { ...own, ...parent } }),
    startTime: hrTime(startedAt),
    endTime: hrTime(endedAt),
    duration: hrTime(endedAt - startedAt),
    status: error === null ? { code: SpanStatusCode.UNSET } : { code: SpanStatusCode.ERROR },
    attributes: error === null ? attributes : { ...attributes, 'error.type': error },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function hrTime(milliseconds: number): HrTime {
  const seconds = Math.floor(milliseconds / 1_000);
  return [seconds, Math.round((milliseconds - seconds * 1_000) * 1e6)];
}

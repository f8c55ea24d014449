import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { type Correlation, correlated } from '../trace/correlation.ts';
import { type OpenSpan, recordedSpan } from '../trace/span.ts';
import { newSpanId, newTrace, parseTraceContext } from '../trace/trace-context.ts';
import type { Tracing } from '../trace/tracing.ts';

/** What a log can hold in a line, and a person can search for. */
const ID = /^[\w.:;=+/@~-]{1,128}$/;
/** Asked every few seconds, by who wants no trace of it. */
const UNTRACED = new Set(['/livez', '/readyz', '/health', '/metrics']);
const FAILED = 500;

interface RequestTracesOptions {
  readonly tracing?: Tracing | undefined;
  readonly takesIncidentIds?: boolean;
}

interface Begun {
  readonly correlation: Correlation;
  readonly span: OpenSpan | undefined;
}

/** The id that the caller gave the request; a new one where it gave none, or one that is no id. */
export function correlationIdOf(given: string | string[] | undefined): string {
  return idIn(given) ?? randomUUID();
}

/** What each request belongs to: its correlation id, and its place in the trace of its caller. */
export class RequestTraces {
  readonly #options: RequestTracesOptions;
  readonly #begun = new WeakMap<FastifyRequest, Begun>();

  constructor(options: RequestTracesOptions) {
    this.#options = options;
  }

  /** Does what a request asks for as part of it. */
  within<T>(request: FastifyRequest, work: () => T): T {
    return correlated(this.#of(request).correlation, work);
  }

  end(request: FastifyRequest, status: number): void {
    const { span } = this.#of(request);
    span?.set({ 'http.response.status_code': status });
    span?.end(status >= FAILED ? String(status) : undefined);
  }

  #of(request: FastifyRequest): Begun {
    const known = this.#begun.get(request);
    if (known !== undefined) return known;
    const begun = this.#begin(request);
    this.#begun.set(request, begun);
    return begun;
  }

  #begin(request: FastifyRequest): Begun {
    const { headers, id: correlationId, method, routeOptions, url } = request;
    const { tracing, takesIncidentIds = false } = this.#options;
    const parent = parseTraceContext(headers['traceparent'], headers['tracestate']);
    const incidentId = takesIncidentIds ? idIn(headers['x-incident-id']) : undefined;
    const own = parent === undefined ? newTrace() : { ...parent, spanId: newSpanId() };
    const route = routeOptions?.url;
    if (tracing === undefined || (route !== undefined && UNTRACED.has(route)))
      return { correlation: { correlationId, incidentId, trace: own, recorder: undefined }, span: undefined };
    const trace = { ...own, sampled: tracing.samples(parent ?? own, parent !== undefined) };
    const correlation = { correlationId, incidentId, trace, recorder: tracing.recorder };
    if (!trace.sampled) return { correlation, span: undefined };
    const span = recordedSpan(
      {
        name: route === undefined ? method : `${method} ${route}`,
        kind: 'server',
        trace,
        parent: parent === undefined ? null : { spanId: parent.spanId, isRemote: true },
        attributes: {
          'http.request.method': method,
          // What no route takes may be anything.
          ...(route === undefined ? {} : { 'http.route': route, 'url.path': url.split('?')[0] ?? '' }),
          'url.scheme': request.protocol,
          'sre_orch.correlation_id': correlationId,
          ...(incidentId === undefined ? {} : { 'sre_orch.incident_id': incidentId }),
        },
      },
      correlation,
    );
    return { correlation, span };
  }
}

function idIn(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && ID.test(header) ? header : undefined;
}

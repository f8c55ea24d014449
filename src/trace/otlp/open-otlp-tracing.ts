import { setTimeout as sleep } from 'node:timers/promises';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Tracing } from '../tracing.ts';
import { readableSpan } from './readable-span.ts';
import { samplerOf, samplesBy } from './sampler.ts';
import { traceExporter } from './trace-exporter.ts';

/** With all its repetitions: who waits for the end of a server must not wait for a collector. */
const EXPORT_MS = 3_000;

export interface OtlpOptions {
  /** Where traces are posted. */
  readonly url: string;
  readonly serviceName: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly warn: (text: string) => void;
  /** Told when the collector stops taking what it is sent; not again until it has taken something. */
  readonly onLost: (error: unknown) => void;
}

/** Sends spans to an OpenTelemetry collector (OTLP over HTTP), in batches and in the background; what it cannot take is dropped. */
export function openOtlpTracing({ url, serviceName, version, env, warn, onLost }: OtlpOptions): Tracing & AsyncDisposable {
  const own = resourceFromAttributes({ 'service.name': serviceName, 'service.version': version });
  const resource = defaultResource()
    .merge(own)
    .merge(detectResources({ detectors: [envDetector] }));
  const hasTimeout = env['OTEL_EXPORTER_OTLP_TIMEOUT'] !== undefined || env['OTEL_EXPORTER_OTLP_TRACES_TIMEOUT'] !== undefined;
  const exporter = traceExporter({ url, env, timeoutMillis: hasTimeout ? undefined : EXPORT_MS, warn });
  const processor = new BatchSpanProcessor(tellingOnce(exporter, onLost));
  return {
    recorder: { record: (span) => processor.onEnd(readableSpan(span, resource, { name: 'sre-orch', version })) },
    samples: samplesBy(samplerOf(env, warn)),
    async [Symbol.asyncDispose]() {
      const late = new AbortController();
      await Promise.race([processor.shutdown().catch(() => {}), sleep(EXPORT_MS, undefined, { signal: late.signal }).catch(() => {})]);
      late.abort();
    },
  };
}

/** The same exporter; that it fails is said when it begins to. For the queue it never does: spans that were not taken are gone. */
function tellingOnce(exporter: SpanExporter, onLost: OtlpOptions['onLost']): SpanExporter {
  let works = true;
  return {
    export: (spans, done) =>
      exporter.export(spans, ({ code, error }) => {
        const worked = error === undefined && code === 0;
        if (works && !worked) onLost(error);
        works = worked;
        done({ code: 0 });
      }),
    shutdown: () => exporter.shutdown(),
  };
}

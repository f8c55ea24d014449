import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base';
import { convertLegacyHttpOptions, createOtlpHttpExportDelegate } from '@opentelemetry/otlp-exporter-base/node-http';
import { JsonTraceSerializer, ProtobufTraceSerializer, TraceExporterMetricsHelper } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

const FORMATS = {
  'http/protobuf': { type: 'application/x-protobuf', serializer: ProtobufTraceSerializer },
  'http/json': { type: 'application/json', serializer: JsonTraceSerializer },
} as const;
/** What every collector takes, as the specification asks (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specify-protocol). */
const USUAL = 'http/protobuf';

export interface TraceExporterOptions {
  /** Where traces are posted. */
  readonly url: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** undefined: as the environment says. */
  readonly timeoutMillis: number | undefined;
  readonly warn: (text: string) => void;
}

/** Posts spans as OTEL_EXPORTER_OTLP_PROTOCOL says; what it says that is not spoken here is told, and the usual one taken. */
export function traceExporter({ url, env, timeoutMillis, warn }: TraceExporterOptions): SpanExporter {
  const name = env['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] || env['OTEL_EXPORTER_OTLP_PROTOCOL'] || USUAL;
  const known = (FORMATS as Readonly<Record<string, (typeof FORMATS)[keyof typeof FORMATS]>>)[name];
  if (known === undefined)
    warn(
      `OTEL_EXPORTER_OTLP_PROTOCOL is none of ${Object.keys(FORMATS).join(', ')}: ${USUAL} is sent, to the port of the collector that takes HTTP, mostly 4318`,
    );
  const { type, serializer } = known ?? FORMATS[USUAL];
  const options = convertLegacyHttpOptions({ url, ...(timeoutMillis === undefined ? {} : { timeoutMillis }) }, 'TRACES', 'v1/traces', { 'Content-Type': type });
  return new OTLPExporterBase<ReadableSpan[]>(
    createOtlpHttpExportDelegate(options, serializer, 'otlp_http_span_exporter', TraceExporterMetricsHelper, undefined),
  );
}

import { ROOT_CONTEXT, SpanKind, TraceFlags, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, type Sampler, SamplingDecision, TraceIdRatioBasedSampler } from '@opentelemetry/sdk-trace-base';
import type { Tracing } from '../tracing.ts';

const USUAL = 'parentbased_always_on';

type Surroundings = Readonly<Record<string, string | undefined>>;

/** By OTEL_TRACES_SAMPLER and OTEL_TRACES_SAMPLER_ARG; what they say that is no sampler is told, and the usual one taken. */
export function samplerOf({ OTEL_TRACES_SAMPLER: name, OTEL_TRACES_SAMPLER_ARG: argument }: Surroundings, warn: (text: string) => void): Sampler {
  const ratio = argument === undefined || argument === '' ? 1 : Number(argument);
  const isShare = ratio >= 0 && ratio <= 1;
  if (!isShare) warn('OTEL_TRACES_SAMPLER_ARG is no number between 0 and 1');
  const share = new TraceIdRatioBasedSampler(isShare ? ratio : 1);
  const samplers: Readonly<Record<string, Sampler>> = {
    always_on: new AlwaysOnSampler(),
    always_off: new AlwaysOffSampler(),
    traceidratio: share,
    parentbased_always_on: new ParentBasedSampler({ root: new AlwaysOnSampler() }),
    parentbased_always_off: new ParentBasedSampler({ root: new AlwaysOffSampler() }),
    parentbased_traceidratio: new ParentBasedSampler({ root: share }),
  };
  const wanted = name === undefined || name === '' ? USUAL : name;
  if (samplers[wanted] === undefined) warn(`OTEL_TRACES_SAMPLER is none of ${Object.keys(samplers).join(', ')}`);
  return samplers[wanted] ?? (samplers[USUAL] as Sampler);
}

/** What a sampler says of a trace as it comes to this process. */
export function samplesBy(sampler: Sampler): Tracing['samples'] {
  return ({ traceId, spanId, sampled }, isRemote) => {
    const traceFlags = sampled ? TraceFlags.SAMPLED : TraceFlags.NONE;
    const parent = isRemote ? trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote }) : ROOT_CONTEXT;
    return sampler.shouldSample(parent, traceId, '', SpanKind.SERVER, {}, []).decision === SamplingDecision.RECORD_AND_SAMPLED;
  };
}

import * as z from 'zod';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { MetricSeries } from '../domain/telemetry.ts';
import { inPieces } from './pieces.ts';
import type { ToolSources } from './sources.ts';
import { nothing, type Tool, type ToolAnswer, tool } from './tool.ts';

const MAX_SERIES = 30;

/** Questions in Prometheus' own language, where one is known. */
export function metricTools(sources: ToolSources): Tool[] {
  const { metrics, reader } = sources;
  // An expression may ask about any namespace.
  if (metrics === undefined || reader.within !== undefined) return [];
  return [
    tool({
      name: 'query_prometheus',
      description: 'Asks Prometheus with a PromQL expression, for one moment or a window of time.',
      source: 'metrics',
      input: z.object({ query: z.string(), since: z.string().optional().describe('ISO 8601'), until: z.string().optional().describe('ISO 8601') }),
      run: async ({ query, since, until }, signal) => {
        const end = until ?? sources.reader.asOf;
        const { items, gaps } = await metrics.query(query, { since: since ?? end, until: end }, signal);
        if (items.length === 0) return nothing(gaps.map(({ detail, why }) => detail ?? why).join('; ') || 'no series matches');
        return seriesAnswer(items, objectRef('External', undefined, metrics.label));
      },
    }),
  ];
}

/** Series, the ones with the highest last value first. */
export function seriesAnswer(series: readonly MetricSeries[], object: ObjectRef): ToolAnswer {
  const lines = series
    .map(({ name, labels, samples }) => ({ line: `${name}${labelText(labels)}: ${sampleText(samples)}`, last: samples.at(-1)?.[1] ?? 0 }))
    .sort((a, b) => b.last - a.last)
    .map(({ line }) => line);
  const { pieces } = inPieces({ source: 'metric', object, field_path: null, excerpt: lines.slice(0, MAX_SERIES).join('\n') });
  return { pieces, note: lines.length > MAX_SERIES ? `${lines.length - MAX_SERIES} more series are left out` : null };
}

function labelText(labels: MetricSeries['labels']): string {
  return `{${Object.entries(labels)
    .map(([key, value]) => `${key}="${value}"`)
    .join(',')}}`;
}

function sampleText(samples: MetricSeries['samples']): string {
  const values = samples.map(([, value]) => value);
  const last = values.at(-1);
  return values.length < 2 ? `${last}` : `last ${last}, lowest ${Math.min(...values)}, highest ${Math.max(...values)}, first ${values[0]}`;
}

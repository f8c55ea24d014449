import * as z from 'zod';
import { objectRef } from '../domain/object-ref.ts';
import type { MetricSeries } from '../domain/telemetry.ts';
import { inPieces } from './pieces.ts';
import type { ToolSources } from './sources.ts';
import { nothing, type Tool, type ToolAnswer, tool } from './tool.ts';

const MAX_SERIES = 30;

/** What metrics tell: of the pods that use most, and in Prometheus' own language where one is known. */
export function metricTools(sources: ToolSources): Tool[] {
  const { metrics } = sources;
  return [
    tool({
      name: 'top',
      description: 'The pods with the highest last values of a metric that was read with the evidence: memory or cpu.',
      source: 'metrics',
      input: z.object({ of: z.enum(['memory', 'cpu']), namespace: z.string().optional() }),
      run: async ({ of, namespace = sources.namespace }, signal) => {
        const { telemetry } = await sources.inventory(signal);
        const wanted = telemetry.series.filter(({ name, labels }) => name.includes(of) && (namespace === undefined || labels['namespace'] === namespace));
        if (wanted.length === 0) return nothing('no metrics of that were read');
        return told(wanted, objectRef('Namespace', undefined, namespace ?? 'all'));
      },
    }),
    ...(metrics === undefined
      ? []
      : [
          tool({
            name: 'query_prometheus',
            description: 'Asks Prometheus with a PromQL expression, for one moment or a window of time.',
            source: 'metrics' as const,
            input: z.object({ query: z.string(), since: z.string().optional().describe('ISO 8601'), until: z.string().optional().describe('ISO 8601') }),
            run: async ({ query, since, until }, signal) => {
              const end = until ?? sources.reader.asOf;
              const { items, gaps } = await metrics.query(query, { since: since ?? end, until: end }, signal);
              if (items.length === 0) return nothing(gaps.map(({ detail, why }) => detail ?? why).join('; ') || 'no series matches');
              return told(items, objectRef('External', undefined, metrics.label));
            },
          }),
        ]),
  ];
}

function told(series: readonly MetricSeries[], object: ReturnType<typeof objectRef>): ToolAnswer {
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

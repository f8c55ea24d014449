import type { MetricSeries } from '../domain/telemetry.ts';

/** Series as OpenMetrics text with a time on every sample: what `parseOpenMetrics` reads back to the same. */
export function formatOpenMetrics(series: readonly MetricSeries[]): string {
  const lines: string[] = [];
  for (const [name, group] of Map.groupBy(series, (one) => one.name)) {
    lines.push(`# TYPE ${name} gauge`);
    for (const { labels, samples } of group) {
      const identity = `${name}{${Object.entries(labels)
        .map(([key, value]) => `${key}="${escaped(value)}"`)
        .join(',')}}`;
      for (const [at, value] of samples) lines.push(`${identity} ${value} ${at}`);
    }
  }
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

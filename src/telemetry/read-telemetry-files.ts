import type * as z from 'zod/mini';
import type { MetricSeries, Telemetry } from '../domain/telemetry.ts';
import { parseOpenMetrics } from './parse-open-metrics.ts';
import { alertSchema, connectivitySchema, nodeAllocationSchema, nodeServiceSchema, serviceDependencySchema } from './record-schemas.ts';

type ReadFile = (name: string) => Promise<string | undefined>;

/** Reads what lies beside the objects of a dump. A file that is missing is empty telemetry; one that is damaged is a problem, and what is right in it is used. */
export async function readTelemetryFiles(readFile: ReadFile): Promise<{ telemetry: Telemetry; problems: string[] }> {
  const problems: string[] = [];
  const records = <T>(name: string, schema: z.ZodMiniType<T | undefined>): Promise<T[]> => readRecords(name, schema, readFile, problems);
  const [alerts, series, nodeServices, connectivity, serviceDependencies, nodeAllocations] = await Promise.all([
    records('alerts.json', alertSchema),
    readSeries('metrics.om', readFile, problems),
    records('node-services.json', nodeServiceSchema),
    records('connectivity.json', connectivitySchema),
    records('service-dependencies.json', serviceDependencySchema),
    records('node-allocations.json', nodeAllocationSchema),
  ]);
  return { telemetry: { alerts, series, nodeServices, connectivity, serviceDependencies, nodeAllocations }, problems };
}

async function readRecords<T>(name: string, schema: z.ZodMiniType<T | undefined>, readFile: ReadFile, problems: string[]): Promise<T[]> {
  const text = await readFile(name);
  if (text === undefined || text.trim() === '') return [];
  const list = listIn(text);
  if (list === undefined) {
    problems.push(`${name}: it is not a JSON list of records`);
    return [];
  }
  const parsed = list.map((record) => schema.safeParse(record));
  const refused = parsed.filter(({ success }) => !success).length;
  if (refused > 0) problems.push(`${name}: ${refused} of its ${list.length} records have another shape and were passed over`);
  return parsed.flatMap((result) => (result.success && result.data !== undefined ? [result.data] : []));
}

/** A plain list, or one in an API's envelope: `{"data": […]}`, `{"data": {"alerts": […]}}`. */
function listIn(text: string): readonly unknown[] | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  for (const key of ['data', 'alerts']) {
    if (Array.isArray(value)) return value;
    if (typeof value === 'object' && value !== null && key in value) value = (value as Record<string, unknown>)[key];
  }
  return Array.isArray(value) ? value : undefined;
}

async function readSeries(name: string, readFile: ReadFile, problems: string[]): Promise<readonly MetricSeries[]> {
  const parsed = parseOpenMetrics((await readFile(name)) ?? '');
  problems.push(...parsed.problems.map((problem) => `${name}: ${problem}`));
  return parsed.series;
}

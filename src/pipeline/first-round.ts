import { type Gap, gap } from '../domain/gap.ts';
import type { ReadEvent } from '../evidence/collect/read-event.ts';
import { type Reading, readScope } from '../evidence/collect/read-scope.ts';
import { readTelemetryFiles } from '../telemetry/read-telemetry-files.ts';

/** Every kind that matters in the namespaces (empty: all), and what lies beside the objects, into the builder. */
export async function* firstRound(reading: Reading, namespaces: readonly string[], signal: AbortSignal): AsyncGenerator<ReadEvent> {
  const { reader, builder } = reading;
  for (const problem of reader.problems ?? []) yield damage('a part of the dump', problem);
  yield* readScope(reading, namespaces, signal);
  const { telemetry, problems } = await readTelemetryFiles((name) => reader.attachment(name, signal));
  builder.setTelemetry(telemetry);
  for (const problem of problems) yield damage('a file beside the objects', problem);
}

function damage(what: string, problem: string): { type: 'gap-found'; gap: Gap } {
  return { type: 'gap-found', gap: gap(what, 'unreadable', 'a complete copy of it', problem) };
}

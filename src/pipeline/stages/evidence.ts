import { gap } from '../../domain/gap.ts';
import { readScope } from '../../evidence/collect/read-scope.ts';
import { InventoryBuilder } from '../../evidence/inventory.ts';
import { type LiveAnswer, readLiveTelemetry } from '../../telemetry/read-live-telemetry.ts';
import { readTelemetryFiles } from '../../telemetry/read-telemetry-files.ts';
import type { Run } from '../run.ts';
import type { Stage } from '../stage.ts';

const HOUR_MS = 3_600_000;

/** The first round of reading: every kind that matters in the namespaces, what lies beside the objects, and what live servers tell. */
export const evidenceStage: Stage = {
  name: 'evidence',
  async *run(run, signal) {
    const { reader, now } = run.deps;
    for (const problem of reader.problems ?? []) yield { type: 'gap-found', gap: gap('a part of the dump', 'unreadable', 'a complete copy of it', problem) };
    const builder = new InventoryBuilder();
    run.builder = builder;
    // Asked while the cluster is read: a slow server costs no more than its own time.
    const live = askLive(run, signal);
    yield* readScope({ reader, builder, now }, run.namespaces, signal);
    const { telemetry, problems } = await readTelemetryFiles((name) => reader.attachment(name, signal));
    for (const problem of problems) yield { type: 'gap-found', gap: gap('a file beside the objects', 'unreadable', 'a complete copy of it', problem) };
    builder.setTelemetry(telemetry);
    const answer = await live;
    if (answer !== undefined) {
      const at = now().toISOString();
      for (const { what, items, ms } of answer.answers) yield { type: 'read-completed', at, text: `${what}: ${items}`, duration_ms: ms, coverage: null };
      for (const each of answer.gaps) yield { type: 'gap-found', gap: each };
      builder.setTelemetry({ ...telemetry, alerts: [...telemetry.alerts, ...answer.alerts], series: [...telemetry.series, ...answer.series] });
    }
    run.inventory = builder.build(reader.asOf);
    return `${run.coverage.reduce((sum, { items }) => sum + items, 0)} objects read`;
  },
};

/** Undefined where no server is known, or the run was stopped. */
async function askLive({ deps, request, namespaces }: Run, signal: AbortSignal): Promise<LiveAnswer | undefined> {
  const asked = seenOf(namespaces, deps.reader.within);
  if (deps.telemetry === undefined || asked === undefined) return undefined;
  const until = request.until ?? deps.reader.asOf;
  const since = request.since ?? new Date(Date.parse(until) - HOUR_MS).toISOString();
  return readLiveTelemetry(deps.telemetry, { namespaces: asked, since, until }, signal).catch((error: unknown) => {
    if (signal.aborted) return undefined;
    throw error;
  });
}

/** Those of the namespaces (none: all) that may be seen; undefined: none of them may. */
function seenOf(namespaces: readonly string[], within: readonly string[] | undefined): readonly string[] | undefined {
  if (within === undefined) return namespaces;
  const seen = namespaces.length === 0 ? within : namespaces.filter((each) => within.includes(each));
  return seen.length === 0 ? undefined : seen;
}

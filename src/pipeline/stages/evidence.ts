import { gap } from '../../domain/gap.ts';
import { readScope } from '../../evidence/collect/read-scope.ts';
import { InventoryBuilder } from '../../evidence/inventory.ts';
import { readTelemetryFiles } from '../../telemetry/read-telemetry-files.ts';
import type { Stage } from '../stage.ts';

/** The first round of reading: every kind that matters in the namespaces, and what lies beside the objects. */
export const evidenceStage: Stage = {
  name: 'evidence',
  async *run(run, signal) {
    const { reader, now } = run.deps;
    for (const problem of reader.problems ?? []) yield { type: 'gap-found', gap: gap('a part of the dump', 'unreadable', 'a complete copy of it', problem) };
    const builder = new InventoryBuilder();
    run.builder = builder;
    yield* readScope({ reader, builder, now }, run.namespaces, signal);
    const { telemetry, problems } = await readTelemetryFiles((name) => reader.attachment(name, signal));
    builder.setTelemetry(telemetry);
    for (const problem of problems) yield { type: 'gap-found', gap: gap('a file beside the objects', 'unreadable', 'a complete copy of it', problem) };
    run.inventory = builder.build(reader.asOf);
    return `${run.coverage.reduce((sum, { items }) => sum + items, 0)} objects read`;
  },
};

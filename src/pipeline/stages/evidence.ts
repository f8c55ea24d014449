import { InventoryBuilder } from '../../evidence/inventory.ts';
import { firstRound } from '../first-round.ts';
import type { Stage } from '../stage.ts';

/** The first round of reading: what the namespaces hold. */
export const evidenceStage: Stage = {
  name: 'evidence',
  async *run(run, signal) {
    const { reader, now } = run.deps;
    const builder = new InventoryBuilder();
    run.builder = builder;
    yield* firstRound({ reader, builder, now }, run.namespaces, signal);
    run.inventory = builder.build(reader.asOf);
    return `${run.coverage.reduce((sum, { items }) => sum + items, 0)} objects read`;
  },
};

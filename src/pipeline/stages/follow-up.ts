import { followUp, followUpTargets } from '../../evidence/collect/follow-up.ts';
import { withinWindow } from '../../evidence/within-window.ts';
import type { Stage } from '../stage.ts';

/** The second round of reading: logs of what fails, namespaces of dependencies, references that could not be listed. */
export const followUpStage: Stage = {
  name: 'follow-up',
  async *run(run, signal) {
    const { inventory, builder, scope } = run;
    const { reader, now, redactor } = run.deps;
    if (inventory === undefined || builder === undefined) return 'nothing to follow';
    const targets = followUpTargets(inventory, scope, reader);
    yield* followUp({ reader, builder, now, redact: redactor.text }, targets, signal);
    run.inventory = withinWindow(builder.build(reader.asOf), scope);
    return `${targets.logs.length} containers' logs, ${targets.namespaces.length} more namespaces`;
  },
};

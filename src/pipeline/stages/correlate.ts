import { correlate } from '../../correlate/correlate.ts';
import { counted } from '../../domain/counted.ts';
import type { Stage } from '../stage.ts';

/** Which finding explains which, and what is left unexplained. */
export const correlateStage: Stage = {
  name: 'correlate',
  async *run(run) {
    const { inventory, graph, findings, scope, entities, ledger } = run;
    if (inventory === undefined || graph === undefined) return 'nothing to conclude from';
    const gaps = [...new Map([...inventory.gaps, ...run.gaps].map((gap) => [`${gap.what} ${gap.why}`, gap])).values()];
    run.conclusions = correlate({ findings, graph, inventory, scope, entities, gaps, asOf: inventory.asOf, evidence: ledger.get, cite: ledger.cite });
    for (const lost of run.conclusions.gaps) yield { type: 'gap-found', gap: lost };
    return counted(run.conclusions.root_causes.length, 'root cause');
  },
};

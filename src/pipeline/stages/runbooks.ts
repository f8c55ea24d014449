import type { Stage } from '../stage.ts';

/** What the runbooks say of the causes, or of the question where there are none. */
export const runbooksStage: Stage = {
  name: 'runbooks',
  async *run(run, signal) {
    const { deps, conclusions, request } = run;
    if (deps.runbooks === undefined || conclusions === undefined) return 'none';
    const cited = await deps.runbooks.forReport({ description: request.description, causes: conclusions.root_causes }, signal);
    if (cited.length > 0) run.analysis = { narrative: null, hypotheses: [], runbooks: [...cited] };
    yield* [];
    return cited.map(({ name }) => name).join(', ') || 'none fits';
  },
};

import { gap } from '../domain/gap.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { asCoded } from '../errors/coded-error.ts';
import { correlated } from '../trace/correlation.ts';
import { openSpan } from '../trace/span.ts';
import { reportOf } from './report-of.ts';
import { type Dependencies, Run } from './run.ts';
import type { Stage } from './stage.ts';
import { analysisStage } from './stages/analysis.ts';
import { correlateStage } from './stages/correlate.ts';
import { entitiesStage } from './stages/entities.ts';
import { evidenceStage } from './stages/evidence.ts';
import { findingsStage } from './stages/findings.ts';
import { followUpStage } from './stages/follow-up.ts';
import { runbooksStage } from './stages/runbooks.ts';
import { scopeStage } from './stages/scope.ts';
import { topologyStage } from './stages/topology.ts';

/** The order of all work; a model, where there is one, looks at what came of it. */
export const STAGES: readonly Stage[] = [entitiesStage, evidenceStage, scopeStage, followUpStage, topologyStage, findingsStage, correlateStage];

/**
 * From one sentence to a report. The last event is always `report-completed`: a stage that fails or is cut short costs its
 * evidence and leaves a gap, never the report. Aborting `signal` stops the reading.
 */
export async function* investigate(
  request: InvestigationRequest,
  deps: Dependencies,
  signal: AbortSignal,
  stages: readonly Stage[] = STAGES,
): AsyncGenerator<InvestigationEvent> {
  for await (const event of unredacted(request, deps, signal, stages)) {
    // Excerpts were redacted when they were cited; all other words pass the redactor here, on their only way out.
    yield event.type === 'evidence-collected' ? event : deps.redactor.object(event);
  }
}

async function* unredacted(
  request: InvestigationRequest,
  deps: Dependencies,
  signal: AbortSignal,
  stages: readonly Stage[],
): AsyncGenerator<InvestigationEvent> {
  const run = new Run(request, deps);
  yield run.record({
    type: 'investigation-started',
    incident_id: request.incidentId,
    description: deps.redactor.text(request.description),
    created_at: run.startedAt.toISOString(),
    target: deps.reader.target,
    engine_version: deps.engineVersion,
  });
  const further = [...(deps.runbooks === undefined ? [] : [runbooksStage]), ...(run.analyst === undefined ? [] : [analysisStage])];
  for (const stage of [...stages, ...further]) yield* runStage(stage, run, signal);
  const writing = openSpan('stage report', { attributes: { 'sre_orch.stage': 'report' } });
  const report = reportOf(run, signal);
  writing.end();
  yield { type: 'report-completed', report };
}

async function* runStage(stage: Stage, run: Run, signal: AbortSignal): AsyncGenerator<InvestigationEvent> {
  const { now } = run.deps;
  const started = now();
  const span = openSpan(`stage ${stage.name}`, { attributes: { 'sre_orch.stage': stage.name } });
  yield run.record({ type: 'stage-started', stage: stage.name, at: started.toISOString() });
  try {
    const events = stage.run(run, signal);
    // Whoever takes the events, what a stage does for them is done in its span.
    const step = (): ReturnType<typeof events.next> => correlated(span.correlation, () => events.next());
    let next = await step();
    while (!next.done) {
      yield run.record(next.value);
      yield* freshEvidence(run);
      next = await step();
    }
    yield* freshEvidence(run);
    const at = now();
    yield run.record({ type: 'stage-completed', stage: stage.name, at: at.toISOString(), duration_ms: at.getTime() - started.getTime(), summary: next.value });
  } catch (error) {
    const { code, message, row } = asCoded(error);
    span.end(code);
    // What only the person can mend is said at once, unless the run was stopped: then what is known is said.
    if (row.kind === 'user' && !signal.aborted) throw error;
    const lost = signal.aborted
      ? gap(`stage ${stage.name}`, 'timed-out', 'a longer --timeout')
      : gap(`stage ${stage.name}`, 'failed', 'run it again with --verbose and report what it prints', `${code}: ${message}`);
    yield run.record({ type: 'stage-failed', stage: stage.name, at: now().toISOString(), gap: lost });
  } finally {
    span.end();
  }
}

function* freshEvidence(run: Run): Generator<InvestigationEvent> {
  for (const evidence of run.ledger.takeFresh()) yield { type: 'evidence-collected', evidence };
}

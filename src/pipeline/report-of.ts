import type { Gap } from '../domain/gap.ts';
import { gap } from '../domain/gap.ts';
import type { Report, Verdict } from '../domain/report.ts';
import { REPORT_SCHEMA_VERSION } from '../domain/report-version.ts';
import type { Run } from './run.ts';

/** The report of all that a run knows, also of one that was cut short. */
export function reportOf(run: Run, signal: AbortSignal): Report {
  const { request, deps, conclusions } = run;
  const completedAt = deps.now();
  const stopped = signal.aborted;
  return {
    schema_version: REPORT_SCHEMA_VERSION,
    incident_id: request.incidentId,
    description: request.description,
    status: 'completed',
    verdict: verdictOf(run, stopped),
    created_at: run.startedAt.toISOString(),
    completed_at: completedAt.toISOString(),
    error_message: stopped ? 'It was stopped before everything was read.' : null,
    target: deps.reader.target,
    scope: run.scope,
    as_of: run.inventory?.asOf ?? deps.reader.asOf,
    coverage: [...run.coverage],
    extracted_entities: run.entities,
    root_causes: conclusions?.root_causes ?? [],
    suggested_root_cause: conclusions?.suggested_root_cause ?? null,
    confidence_score: conclusions?.confidence_score ?? null,
    ruled_out: conclusions?.ruled_out ?? [],
    observations: conclusions?.observations ?? [],
    gaps: gapsOf(run, stopped),
    next_commands: conclusions?.next_commands ?? [],
    timeline: conclusions?.timeline ?? [],
    evidence: [...run.ledger.all()],
    investigation_steps: run.steps,
    analysis: run.analysis,
    engine: {
      version: deps.engineVersion,
      duration_ms: completedAt.getTime() - run.startedAt.getTime(),
      api_requests: deps.reader.requests,
      llm: run.usage,
    },
  };
}

/** "No fault" is never said of a run that did not see everything it meant to. */
function verdictOf({ conclusions, broken }: Run, stopped: boolean): Verdict {
  const verdict = conclusions?.verdict ?? 'undetermined';
  return (stopped || broken) && verdict === 'no-fault-found' ? 'undetermined' : verdict;
}

function gapsOf(run: Run, stopped: boolean): Gap[] {
  const cut = gap('part of the evidence', 'timed-out', 'a longer --timeout', 'the investigation was stopped before everything was read');
  return stopped ? [cut, ...run.gaps] : run.gaps;
}

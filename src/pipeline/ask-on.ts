import type { ClusterReader } from '../cluster/reader.ts';
import type { Hypothesis } from '../domain/analysis.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Gap } from '../domain/gap.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import { refLabel } from '../domain/object-ref.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Report } from '../domain/report.ts';
import type { AnalystOutcome, Matter } from '../llm/analyst.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { RunnableRule } from '../rules/rule.ts';
import { buildGraph } from '../topology/build-graph.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';
import { EvidenceLedger } from './evidence-ledger.ts';
import { knownObjects } from './known-objects.ts';
import { readInventory } from './read-inventory.ts';
import type { ModelAccess } from './run.ts';

/** A question about a report that is there. */
export interface FollowUp {
  readonly report: Report;
  readonly question: string;
}

export interface FollowUpDependencies {
  readonly reader: ClusterReader;
  readonly model: ModelAccess;
  readonly knowledge: KnowledgeGraph;
  readonly rules: readonly RunnableRule[];
  readonly redactor: Redactor;
  readonly now: () => Date;
}

/** What a model answers, as far as evidence shows it; all else is a hypothesis with its reason. */
export interface FollowUpAnswer {
  readonly narrative: string | null;
  readonly hypotheses: readonly Hypothesis[];
  /** Pieces that were read for it, numbered on from those of the report. */
  readonly evidence: readonly Evidence[];
  readonly gaps: readonly Gap[];
}

/** What the model asked for, while it works. */
export type FollowUpStep = Extract<InvestigationEvent, { type: 'model-stepped' }>;

/** Asks a model something about a report, with the same tools and the same checks as in an investigation. The report stays as it is. */
export async function* askOn(followUp: FollowUp, deps: FollowUpDependencies, signal: AbortSignal): AsyncGenerator<FollowUpStep, FollowUpAnswer> {
  const { reader, model, knowledge, rules, redactor, now } = deps;
  const { report } = followUp;
  const { namespaces } = report.scope;
  const inventory = await readInventory({ reader, namespaces, now, signal });
  const graph = buildGraph(inventory, knowledge);
  const ledger = new EvidenceLedger({ redact: redactor.text, readAt: now().toISOString(), known: report.evidence });
  const namespace = namespaces.length === 1 ? namespaces[0] : reader.defaultNamespace;
  await using tools = await model.openTools({ reader, knowledge, rules, namespace, inventory: async () => inventory, graph: async () => graph }, signal);
  const matter = { ...matterOf(followUp), asOf: inventory.asOf, tools: tools.box, evidence: ledger.get, cite: ledger.cite, ...knownObjects(inventory, graph) };
  const steps = model.openAnalyst(report.incident_id, 'follow-up').analyse(matter, signal);
  let step = await steps.next();
  while (!step.done) {
    yield redactor.object({ type: 'model-stepped' as const, at: now().toISOString(), text: step.value.text, duration_ms: step.value.ms });
    step = await steps.next();
  }
  const { narrative, hypotheses, proposals, gaps }: AnalystOutcome = step.value;
  const answered = { narrative, hypotheses: [...proposals.map(shown), ...hypotheses], gaps: [...tools.gaps, ...gaps] };
  return { ...redactor.object(answered), evidence: ledger.takeFresh() };
}

function matterOf({
  report,
  question,
}: FollowUp): Pick<Matter, 'question' | 'scope' | 'entities' | 'verdict' | 'rootCauses' | 'ruledOut' | 'observations' | 'gaps' | 'advice'> {
  return {
    question: `${question}\n(This follows the investigation of: ${report.description})`,
    scope: report.scope,
    entities: report.extracted_entities,
    verdict: report.verdict,
    rootCauses: report.root_causes,
    ruledOut: report.ruled_out,
    observations: report.observations,
    gaps: report.gaps,
    advice: [],
  };
}

function shown({ title, object, mechanism, evidence_ids: ids }: Proposal): Hypothesis {
  return { text: `${title}, ${refLabel(object)}: ${mechanism}`, supported: true, reason: 'its evidence stands, but no rule names it', evidence_ids: [...ids] };
}

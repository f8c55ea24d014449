import type { ClusterReader } from '../cluster/reader.ts';
import type { Conclusions } from '../correlate/correlate.ts';
import type { Analysis, ModelUsage } from '../domain/analysis.ts';
import type { Coverage } from '../domain/coverage.ts';
import { type Entities, NO_ENTITIES } from '../domain/entities.ts';
import type { Finding } from '../domain/finding.ts';
import type { Gap } from '../domain/gap.ts';
import type { Inventory } from '../domain/inventory.ts';
import type { InvestigationEvent } from '../domain/investigation-event.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { InvestigationStep } from '../domain/investigation-step.ts';
import type { Scope } from '../domain/report.ts';
import type { Survey } from '../evidence/collect/survey.ts';
import type { ParsedDescription } from '../evidence/entities/parse-description.ts';
import type { InventoryBuilder } from '../evidence/inventory.ts';
import type { Analyst } from '../llm/analyst.ts';
import type { Redactor } from '../redact/redactor.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import type { RunbookShelf } from '../runbooks/runbook-shelf.ts';
import type { LiveTelemetry } from '../telemetry/telemetry-source.ts';
import type { ToolSources } from '../tools/sources.ts';
import type { ToolBox } from '../tools/tool-box.ts';
import type { Graph } from '../topology/graph.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';
import { EvidenceLedger } from './evidence-ledger.ts';

/** What an investigation needs from outside. Time is a parameter, so that a dump of last week is judged as of last week. */
export interface Dependencies {
  readonly reader: ClusterReader;
  readonly rules: RuleSet;
  readonly knowledge: KnowledgeGraph;
  readonly redactor: Redactor;
  /** Servers of alerts and metrics, where some are known. */
  readonly telemetry?: LiveTelemetry | undefined;
  /** Runbooks, where there are some. */
  readonly runbooks?: RunbookShelf | undefined;
  /** A language model, where one is set up. */
  readonly model?: ModelAccess | undefined;
  readonly now: () => Date;
  readonly engineVersion: string;
}

/** What a run needs of a language model; nothing of it is loaded where there is none. */
export interface ModelAccess {
  /** `follow-up`: what is asked is a question about a report, not what the cause is. */
  openAnalyst(incidentId: string, purpose?: 'investigation' | 'follow-up'): Analyst;
  /** The tools of the run, and those of MCP servers; what of them could not be had is a gap. */
  openTools(
    sources: Omit<ToolSources, 'redactor' | 'metrics' | 'runbooks'>,
    signal: AbortSignal,
  ): Promise<AsyncDisposable & { readonly box: ToolBox; readonly gaps: readonly Gap[] }>;
}

/** All that one run knows so far: what the stages hand to each other, and what their events said. */
export class Run {
  readonly request: InvestigationRequest;
  readonly deps: Dependencies;
  readonly startedAt: Date;
  readonly ledger: EvidenceLedger;
  readonly steps: InvestigationStep[] = [];
  readonly gaps: Gap[] = [];
  readonly coverage: Coverage[] = [];
  readonly findings: Finding[] = [];
  /** A stage broke: what it would have said is unknown. */
  broken = false;
  parsed: ParsedDescription | undefined;
  namespaces: readonly string[] = [];
  unknownNamespace: Survey['unknownNamespace'] = null;
  builder: InventoryBuilder | undefined;
  inventory: Inventory | undefined;
  entities: Entities;
  scope: Scope;
  graph: Graph | undefined;
  conclusions: Conclusions | undefined;
  readonly analyst: Analyst | undefined;
  analysis: Analysis | null = null;
  usage: ModelUsage | null = null;

  constructor(request: InvestigationRequest, deps: Dependencies) {
    this.request = request;
    this.deps = deps;
    this.startedAt = deps.now();
    this.analyst = deps.model?.openAnalyst(request.incidentId);
    this.ledger = new EvidenceLedger({ redact: deps.redactor.text, readAt: this.startedAt.toISOString() });
    this.entities = { ...NO_ENTITIES, namespace: request.namespace ?? null };
    this.scope = { namespaces: [], objects: [], since: request.since ?? null, until: request.until ?? null };
  }

  /** Takes note of an event and hands it on: the report is made of what was said while it happened. */
  record(event: InvestigationEvent): InvestigationEvent {
    switch (event.type) {
      case 'read-completed':
        this.steps.push({ at: event.at, stage: 'evidence', text: event.text, duration_ms: event.duration_ms });
        if (event.coverage !== null) this.coverage.push(event.coverage);
        break;
      case 'model-stepped':
        this.steps.push({ at: event.at, stage: 'analysis', text: event.text, duration_ms: event.duration_ms });
        break;
      case 'stage-completed':
        this.steps.push({ at: event.at, stage: event.stage, text: event.summary, duration_ms: event.duration_ms });
        break;
      case 'stage-failed':
        this.broken = true;
        this.#addGap(event.gap);
        break;
      case 'gap-found':
        this.#addGap(event.gap);
        break;
      case 'finding-added':
        this.findings.push(event.finding);
        break;
      case 'entities-extracted':
        this.entities = event.entities;
        break;
      case 'scope-resolved':
        this.scope = event.scope;
        break;
      default:
        break;
    }
    return event;
  }

  #addGap(gap: Gap): void {
    if (!this.gaps.some((known) => known.what === gap.what && known.why === gap.why)) this.gaps.push(gap);
  }
}

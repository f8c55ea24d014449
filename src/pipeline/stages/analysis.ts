import type { Conclusions } from '../../correlate/correlate.ts';
import { withProposals } from '../../correlate/with-proposals.ts';
import type { Hypothesis } from '../../domain/analysis.ts';
import type { Inventory } from '../../domain/inventory.ts';
import { refLabel } from '../../domain/object-ref.ts';
import type { Analyst, AnalystOutcome, Matter } from '../../llm/analyst.ts';
import type { ToolBox } from '../../tools/tool-box.ts';
import type { Graph } from '../../topology/graph.ts';
import { knownObjects } from '../known-objects.ts';
import type { ModelAccess, Run } from '../run.ts';
import type { Stage } from '../stage.ts';

/** A language model looks further, from what the engine found and what it could not explain. */
export const analysisStage: Stage = {
  name: 'analysis',
  async *run(run, signal) {
    const { conclusions, inventory, graph, analyst, deps } = run;
    if (conclusions === undefined || inventory === undefined || graph === undefined || analyst === undefined || deps.model === undefined)
      return 'nothing to look into';
    await using tools = await openTools(deps.model, { run, inventory, graph }, signal);
    for (const each of tools.gaps) yield { type: 'gap-found', gap: each };
    const steps = analyst.analyse(matterOf(run, { conclusions, inventory, graph, tools: tools.box }), signal);
    let step = await steps.next();
    while (!step.done) {
      yield { type: 'model-stepped', at: deps.now().toISOString(), text: step.value.text, duration_ms: step.value.ms };
      step = await steps.next();
    }
    for (const each of step.value.gaps) yield { type: 'gap-found', gap: each };
    conclude(run, conclusions, step.value);
    return summary(analyst, step.value);
  },
};

function openTools(
  model: ModelAccess,
  { run, inventory, graph }: { run: Run; inventory: Inventory; graph: Graph },
  signal: AbortSignal,
): ReturnType<ModelAccess['openTools']> {
  const { reader, knowledge, rules } = run.deps;
  const [only] = run.scope.namespaces;
  const namespace = run.scope.namespaces.length === 1 ? only : reader.defaultNamespace;
  return model.openTools({ reader, knowledge, rules: rules.rules, namespace, inventory: async () => inventory, graph: async () => graph }, signal);
}

interface Known {
  readonly conclusions: Conclusions;
  readonly inventory: Inventory;
  readonly graph: Graph;
  readonly tools: ToolBox;
}

function matterOf({ request, scope, entities, gaps, ledger, analysis }: Run, { conclusions, inventory, graph, tools }: Known): Matter {
  return {
    question: request.description,
    asOf: inventory.asOf,
    scope,
    entities,
    verdict: conclusions.verdict,
    rootCauses: conclusions.root_causes,
    ruledOut: conclusions.ruled_out,
    observations: conclusions.observations,
    gaps,
    advice: (analysis?.runbooks ?? []).map(({ name, section, excerpt }) => ({ name: section === null ? name : `${name}: ${section}`, text: excerpt })),
    tools,
    evidence: ledger.get,
    cite: ledger.cite,
    ...knownObjects(inventory, graph),
  };
}

function conclude(run: Run, before: Conclusions, { narrative, hypotheses, proposals, usage }: AnalystOutcome): void {
  const { conclusions, besides } = withProposals(before, proposals);
  run.conclusions = conclusions;
  run.usage = usage;
  run.analysis = { narrative, hypotheses: [...besides.map(hypothesisOf), ...hypotheses], runbooks: run.analysis?.runbooks ?? [] };
}

function hypothesisOf({ proposal, ...besides }: ReturnType<typeof withProposals>['besides'][number]): Hypothesis {
  const { title, object, mechanism, evidence_ids: ids } = proposal;
  return { text: `${title}, ${refLabel(object)}: ${mechanism}`, ...besides, evidence_ids: [...ids] };
}

function summary({ model }: Analyst, { usage, proposals, hypotheses }: AnalystOutcome): string {
  const cost = usage.cost === undefined ? '' : `, cost ${usage.cost}`;
  return `${model}: ${usage.steps} steps, ${usage.input_tokens} tokens read, ${usage.output_tokens} written${usage.estimated ? ' (estimated)' : ''}${cost}; ${proposals.length} causes proposed, ${hypotheses.length} hypotheses`;
}

import type { LocalEngine } from '../client/local.ts';
import type { FollowUps } from '../client/local-session.ts';
import type { ClusterReader } from '../cluster/reader.ts';
import type { CommandContext } from '../commands/context.ts';
import { coded } from '../errors/coded-error.ts';
import type { Dependencies } from '../pipeline/run.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { shipped } from '../shipped-files.ts';
import type { LiveTelemetry } from '../telemetry/telemetry-source.ts';
import type { KnowledgeGraph } from '../topology/knowledge/knowledge-graph.ts';
import { type ModelWiring, modelAccess, openRunbooksOf } from './model.ts';

interface EngineOptions {
  readonly warn?: (text: string) => void;
  /** The language model to ask; undefined: none. */
  readonly asked?: Pick<ModelWiring, 'model' | 'onPrompt'> | undefined;
  readonly reasoning?: Reasoning;
}

/** What depends neither on the question nor on the cluster. */
export interface Reasoning {
  readonly rules: RuleSet;
  readonly knowledge: KnowledgeGraph;
}

/** What was opened last in this thread: the next investigation of a server has the same settings. */
let latest: { readonly from: string; readonly reasoning: Promise<Reasoning> } | undefined;

/** The rules compiled, and what is known of technologies. */
export function openReasoning(context: CommandContext): Promise<Reasoning> {
  const { rules, knowledgeGraph } = context.settings;
  const from = JSON.stringify([rules, knowledgeGraph]);
  if (latest?.from === from) return latest.reasoning;
  const reasoning = compileReasoning(context);
  latest = { from, reasoning };
  // What is mended meanwhile is read again.
  reasoning.catch(() => {
    latest = undefined;
  });
  return reasoning;
}

async function compileReasoning({ openRules, openKnowledge }: CommandContext): Promise<Reasoning> {
  const { compileRules } = await import('./engine-parts.ts');
  const [rules, knowledge] = await Promise.all([openRules(), openKnowledge()]);
  return { rules: compileRules(rules), knowledge };
}

/** Everything of a run that does not depend on the question. */
export async function engineOf(
  context: CommandContext,
  reader: ClusterReader,
  { warn = (text) => context.output.err(`note: ${text}\n`), asked, reasoning }: EngineOptions = {},
): Promise<LocalEngine['investigate']> {
  const [{ investigate, createRedactor, tracedReader }, { rules, knowledge }, telemetry] = await Promise.all([
    import('./engine-parts.ts'),
    reasoning ?? openReasoning(context),
    telemetryFor(context, reader, warn),
  ]);
  const { now, version } = context;
  const { runbooks, model } = await modelOver(context, { warn, asked, telemetry });
  const deps = { telemetry, rules, knowledge, redactor: createRedactor(), runbooks, model, now, engineVersion: version };
  return async function* (request, signal) {
    const then = request.moment === undefined ? reader : (await import('../cluster/reader-with-moment.ts')).readerWithMoment(reader, request.moment);
    const own = request.within === undefined ? then : (await import('../cluster/scoped-reader.ts')).scopedReader(then, request.within);
    const seen = request.without === undefined ? own : (await import('../cluster/blind-reader.ts')).blindReader(own, request.without);
    yield* investigate(request, { ...deps, reader: tracedReader(seen), model: request.llm === false ? undefined : model }, signal);
  };
}

/** What answers questions about a report that the engine has no rule for; only where a model is asked. */
export async function followUpsOver(
  context: CommandContext,
  reader: ClusterReader,
  { warn = () => {}, asked, reasoning }: EngineOptions,
): Promise<FollowUps | undefined> {
  const [{ askOn }, { createRedactor }, { rules, knowledge }, telemetry] = await Promise.all([
    import('../pipeline/ask-on.ts'),
    import('./engine-parts.ts'),
    reasoning ?? openReasoning(context),
    telemetryFor(context, reader, () => {}),
  ]);
  const { model } = await modelOver(context, { warn, asked, telemetry });
  if (model === undefined) return undefined;
  const deps = { reader, model, knowledge, rules: rules.rules, redactor: createRedactor(), now: context.now };
  return (followUp, signal) => askOn(followUp, deps, signal);
}

interface Beside {
  readonly warn: (text: string) => void;
  readonly asked: EngineOptions['asked'];
  readonly telemetry: LiveTelemetry | undefined;
}

/** Runbooks, and the model with its tools. */
async function modelOver(
  { settings, configPath, openVectors }: CommandContext,
  { warn, asked, telemetry }: Beside,
): Promise<Pick<Dependencies, 'runbooks' | 'model'>> {
  const runbooks = await openRunbooksOf({ settings, configPath, openVectors, warn, model: asked?.onPrompt === undefined ? asked?.model : undefined });
  const model = asked && (await modelAccess({ ...asked, settings, configPath, runbooks, metrics: telemetry?.metrics, prompts: shipped('prompts') }));
  return { runbooks, model };
}

/** A dump has its own telemetry beside it: what servers say today is not of its time. */
async function telemetryFor({ openTelemetry }: CommandContext, reader: ClusterReader, warn: (text: string) => void): Promise<LiveTelemetry | undefined> {
  const telemetry = await openTelemetry();
  if (telemetry === undefined || reader.target.reader !== 'snapshot') return telemetry;
  warn('Prometheus and Alertmanager are not asked about a dump');
  return undefined;
}

/** The engine of a client that only reads its store. */
export const noCluster: LocalEngine['investigate'] = () => {
  throw coded('UNEXPECTED', { reason: 'an investigation was asked for without a cluster or a dump' });
};

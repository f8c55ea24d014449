import type { Hypothesis, ModelUsage } from '../domain/analysis.ts';
import type { Observation, RootCause, RuledOut } from '../domain/cause.ts';
import type { Cite } from '../domain/citation.ts';
import type { Entities } from '../domain/entities.ts';
import type { Evidence } from '../domain/evidence.ts';
import type { Gap } from '../domain/gap.ts';
import type { NamedByModel } from '../domain/named-by-model.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { Proposal } from '../domain/proposal.ts';
import type { Scope, Verdict } from '../domain/report.ts';
import type { ToolBox } from '../tools/tool-box.ts';

/** All that the engine knows when a model is asked. */
export interface Matter {
  readonly question: string;
  readonly asOf: string;
  readonly scope: Scope;
  readonly entities: Entities;
  readonly verdict: Verdict;
  readonly rootCauses: readonly RootCause[];
  readonly ruledOut: readonly RuledOut[];
  readonly observations: readonly Observation[];
  readonly gaps: readonly Gap[];
  /** Parts of runbooks that seem to fit. */
  readonly advice: readonly { readonly name: string; readonly text: string }[];
  readonly tools: ToolBox;
  evidence(id: string): Evidence | undefined;
  readonly cite: Cite;
  /** Names of all objects that were read. */
  readonly names: ReadonlySet<string>;
  exists(object: ObjectRef): boolean;
  ownerOf(object: ObjectRef): ObjectRef;
}

/** What happens while a model works. */
export interface AnalystStep {
  readonly text: string;
  readonly ms: number;
}

export interface AnalystOutcome {
  readonly narrative: string | null;
  readonly hypotheses: readonly Hypothesis[];
  readonly proposals: readonly Proposal[];
  readonly usage: ModelUsage;
  /** What it did not do. */
  readonly gaps: readonly Gap[];
}

/** What a text may mean, by names that exist. */
export interface NameQuestion {
  readonly text: string;
  readonly now: string;
  readonly namespaces: readonly string[];
  readonly workloads: readonly string[];
  readonly services: readonly string[];
  readonly nodes: readonly string[];
}

/** A language model beside the engine, for one run. Neither function throws for what the model does: what it fails to do is told. */
export interface Analyst {
  readonly model: string;
  readNames(question: NameQuestion, signal: AbortSignal): Promise<{ readonly names: NamedByModel | null; readonly gap: Gap | null }>;
  analyse(matter: Matter, signal: AbortSignal): AsyncGenerator<AnalystStep, AnalystOutcome>;
}

import type { Hypothesis, ModelUsage } from '../../domain/analysis.ts';
import { type Gap, gap } from '../../domain/gap.ts';
import type { Analyst, AnalystOutcome, AnalystStep, Matter } from '../analyst.ts';
import { Budget } from '../budget.ts';
import type { ChatMessage, ChatReply, ChatRequest } from '../chat.ts';
import type { AskedModel, Model } from '../open-model.ts';
import type { Prompts } from '../prompts.ts';
import { askFor, readAnswer } from '../structured.ts';
import { answerSchema, readableAnswer } from './answer.ts';
import { briefing } from './briefing.ts';
import { checkAnswer } from './check-answer.ts';
import { fitted } from './conversation.ts';
import { failureGap } from './failure-gap.ts';
import { readNames } from './read-names.ts';
import { Results } from './results.ts';
import { type RoundsEnd, roundRequest, rounds } from './rounds.ts';

/** Parts of the window: the answer, one result of a tool, the briefing. */
const ANSWER_PART = 0.2;
const RESULT_PART = 0.15;
const BRIEFING_PART = 0.3;
const LONGEST_ANSWER = 4_000;
const CHARACTERS_A_TOKEN = 3;

/** A model that follows leads with tools. What it says is checked against the evidence of the run before anybody sees it. */
export function modelAnalyst({ endpoint, ...opened }: Model, prompts: Prompts, incidentId: string): Analyst {
  const model = { ...opened, endpoint: endpoint.about(incidentId) };
  const budget = new Budget(model.limits, model.prices);
  return {
    model: model.endpoint.model,
    readNames: (question, signal) => readNames({ model, prompts, budget }, question, signal),
    analyse: (matter, signal) => new Analysis(model, prompts, budget).run(matter, signal),
  };
}

class Analysis {
  readonly #model: AskedModel;
  readonly #prompts: Prompts;
  readonly #budget: Budget;
  readonly #warnings = new Map<string, string>();
  readonly #messages: ChatMessage[] = [];

  constructor(model: AskedModel, prompts: Prompts, budget: Budget) {
    this.#model = model;
    this.#prompts = prompts;
    this.#budget = budget;
  }

  /** Never throws: whatever happens, what is known by then is told, and what is missing is a gap. */
  async *run(matter: Matter, signal: AbortSignal): AsyncGenerator<AnalystStep, AnalystOutcome> {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.round(this.#budget.leftMs)))]);
    try {
      this.#messages.push(...firstMessages(matter, this.#prompts, this.#model));
      const end = yield* this.#rounds(matter, limited);
      // Whole, before it is taken apart: what has the shape of a secret is recognised by what stands around it.
      const answer = this.#model.redactor.object(await this.#answer(end, limited));
      const { narrative, hypotheses, proposals } = checkAnswer(answer, { ...matter, seen: this.#model.redactor.text });
      return this.#outcome({ narrative, hypotheses, proposals, stoppedBy: end.stoppedBy });
    } catch (error) {
      return this.#outcome({ failure: failureGap(error, { signal, limited, model: this.#model }) });
    }
  }

  async *#rounds(matter: Matter, signal: AbortSignal): AsyncGenerator<AnalystStep, RoundsEnd> {
    const { contextTokens, endpoint } = this.#model;
    const results = new Results(contextTokens * RESULT_PART * CHARACTERS_A_TOKEN);
    const told = { endpoint, matter, budget: this.#budget, results, messages: this.#messages, onReply: this.#onReply };
    return yield* rounds({ ...told, ...windowOf(contextTokens) }, signal);
  }

  readonly #onReply = ({ usage, warnings }: ChatReply, ms = 0): void => {
    this.#budget.take(usage, ms);
    // The same warning with other numbers is the same warning.
    for (const warning of warnings) this.#warnings.set(warning.replace(/\d+/g, '#'), warning);
  };

  /** What the model said last, where it is the answer already; else it is asked for it. */
  async #answer({ lastText, stoppedBy }: RoundsEnd, signal: AbortSignal): Promise<ReturnType<typeof answerSchema.parse>> {
    const said = readAnswer(readableAnswer, lastText);
    if (said.ok) return said.value;
    const { contextTokens, endpoint } = this.#model;
    const last: ChatMessage[] = lastText === '' ? [] : [{ role: 'assistant', content: lastText }];
    const stop = stoppedBy === null ? '' : `You cannot ask for more (the limit is ${stoppedBy}). `;
    const messages: ChatMessage[] = [...this.#messages, ...last, { role: 'user', content: `${stop}${this.#prompts.final}` }];
    const maxTokens = answerTokens(contextTokens);
    const started = performance.now();
    return askFor(
      endpoint,
      {
        name: 'analysis',
        schema: answerSchema,
        reads: readableAnswer,
        messages: fitted(withoutTools(messages), [], contextTokens - maxTokens),
        maxTokens,
        onReply: (reply) => this.#onReply(reply, performance.now() - started),
      },
      signal,
    );
  }

  #outcome(
    told: Partial<Pick<AnalystOutcome, 'narrative' | 'proposals'>> & { hypotheses?: readonly Hypothesis[]; stoppedBy?: string | null; failure?: Gap },
  ): AnalystOutcome {
    const { narrative = null, proposals = [], hypotheses = [], stoppedBy = null, failure } = told;
    const warned = [...this.#warnings.values()].map((warning) =>
      gap('part of what the language model was told or said', 'truncated', 'a larger window: LLM_CONTEXT_TOKENS', this.#model.redactor.text(warning)),
    );
    return { narrative, proposals, hypotheses, usage: this.#usage(stoppedBy), gaps: [...(failure === undefined ? [] : [failure]), ...warned] };
  }

  #usage(stoppedBy: string | null): ModelUsage {
    return { model: this.#model.endpoint.model, steps: this.#budget.steps, ...this.#budget.spent(), stopped_by: stoppedBy };
  }
}

/** The first round's request; what --show-prompt shows. */
export function firstRequest(matter: Matter, prompts: Prompts, model: Pick<Model, 'contextTokens'>): ChatRequest {
  return roundRequest({ matter, messages: firstMessages(matter, prompts, model), ...windowOf(model.contextTokens) });
}

/** How a window is shared between what is told and the answer. */
function windowOf(contextTokens: number): { readonly maxPrompt: number; readonly maxAnswer: number } {
  const maxAnswer = answerTokens(contextTokens);
  return { maxPrompt: contextTokens - maxAnswer, maxAnswer };
}

/** The conversation's beginning. */
function firstMessages(matter: Matter, prompts: Prompts, { contextTokens }: Pick<Model, 'contextTokens'>): ChatMessage[] {
  return [
    { role: 'system', content: prompts.system },
    { role: 'user', content: briefing(matter, contextTokens * BRIEFING_PART) },
  ];
}

function answerTokens(contextTokens: number): number {
  return Math.round(Math.min(LONGEST_ANSWER, contextTokens * ANSWER_PART));
}

/** A request that asks for a shape offers no tools, and several servers refuse calls of tools that are not offered: they are told as text. */
function withoutTools(messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message): ChatMessage => {
    if (message.role === 'assistant' && message.toolCalls !== undefined)
      return {
        role: 'assistant',
        content: [message.content, ...message.toolCalls.map(({ name, arguments: given }) => `(asked ${name} ${given})`)]
          .filter((part) => part !== '')
          .join('\n'),
      };
    return message.role === 'tool' ? { role: 'user', content: message.content } : message;
  });
}

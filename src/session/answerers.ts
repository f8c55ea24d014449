import type { Report } from '../domain/report.ts';
import { answerAsk } from './answer-ask.ts';
import type { Answerer } from './answerer.ts';
import { modelAnswer } from './answers/model-answer.ts';
import { asksOn } from './intents/asks-on.ts';
import { interpret } from './interpret.ts';
import type { Said } from './said.ts';
import type { Means } from './situation.ts';

/** Takes what can be answered from the report, or by a read or two. */
export const fromTheReport: Answerer = {
  name: 'the report and targeted reads',
  answer(text, means, signal) {
    const ask = interpret(text, means.situation.report);
    return ask === undefined ? undefined : answerAsk(ask, means, signal);
  },
};

/** Takes what is asked about a report, and what neither the report nor a read or two can answer. `model`: as /model tells it, where it is known here. */
export function byTheModel(model: string | undefined): Answerer {
  return {
    name: 'questions about the report',
    model,
    answer(text, means, signal) {
      const { report } = means.situation;
      if (report === undefined || means.client.askOn === undefined || !asksOn(text, report)) return undefined;
      return modelOrInvestigation(text, report, means, signal);
    },
  };
}

/** A server may have no model: then it is what it would be without one here. */
async function* modelOrInvestigation(text: string, report: Report, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const isAnswered = yield* modelAnswer({ report, question: text }, means, signal);
  if (!isAnswered) yield* answerAsk({ ask: 'investigate', description: text }, means, signal);
}

/** Takes every line as the description of an incident. `model`: what investigations ask besides. */
export function byInvestigating(model: string | undefined): Answerer {
  return {
    name: 'a new investigation',
    model,
    answer: (text, means, signal) => answerAsk({ ask: 'investigate', description: text }, means, signal),
  };
}

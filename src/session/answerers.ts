import { answerAsk } from './answer-ask.ts';
import type { Answerer } from './answerer.ts';
import { modelAnswer } from './answers/model-answer.ts';
import { asksOn } from './intents/asks-on.ts';
import { interpret } from './interpret.ts';

/** Takes what can be answered from the report, or by a read or two. */
export const fromTheReport: Answerer = {
  name: 'the report and targeted reads',
  answer(text, means, signal) {
    const ask = interpret(text, means.situation.report);
    return ask === undefined ? undefined : answerAsk(ask, means, signal);
  },
};

/** Takes what is asked about a report, and what neither the report nor a read or two can answer. */
export function byTheModel(model: string): Answerer {
  return {
    name: 'questions about the report',
    model,
    answer(text, means, signal) {
      const { report } = means.situation;
      return report === undefined || means.client.askOn === undefined || !asksOn(text, report)
        ? undefined
        : modelAnswer({ report, question: text }, means, signal);
    },
  };
}

/** Takes every line as the description of an incident. `model`: what investigations ask besides. */
export function byInvestigating(model: string | undefined): Answerer {
  return {
    name: 'a new investigation',
    model,
    answer: (text, means, signal) => answerAsk({ ask: 'investigate', description: text }, means, signal),
  };
}

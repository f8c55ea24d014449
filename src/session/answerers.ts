import { answerAsk } from './answer-ask.ts';
import type { Answerer } from './answerer.ts';
import { interpret } from './interpret.ts';

/** Takes what can be answered from the report, or by a read or two. */
export const fromTheReport: Answerer = {
  name: 'the report and targeted reads',
  answer(text, means, signal) {
    const ask = interpret(text, means.situation.report);
    return ask === undefined ? undefined : answerAsk(ask, means, signal);
  },
};

/** Takes every line as the description of an incident. `model`: what investigations ask besides. */
export function byInvestigating(model: string | undefined): Answerer {
  return {
    name: 'a new investigation',
    model,
    answer: (text, means, signal) => answerAsk({ ask: 'investigate', description: text }, means, signal),
  };
}

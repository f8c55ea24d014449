import { answerAsk } from '../../../session/answer-ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const graphSlash: DeclaredSlash = {
  name: 'graph',
  usage: '[name]',
  summary: 'what depends on what',
  more: 'With a name: what it depends on, and what depends on it.',
  completes: 'objects',
  async *run({ words, conversation }, signal) {
    const [name] = words;
    const means = await conversation.means();
    if (name === undefined) return yield* answerAsk({ ask: 'graph', query: { ask: 'show' } }, means, signal);
    yield* answerAsk({ ask: 'graph', query: { ask: 'depends-on', name } }, means, signal);
    yield* answerAsk({ ask: 'graph', query: { ask: 'dependents', name } }, means, signal);
  },
};

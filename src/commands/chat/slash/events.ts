import { answerAsk } from '../../../session/answer-ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const eventsSlash: DeclaredSlash = {
  name: 'events',
  usage: '[object]',
  summary: 'what Kubernetes tells of an object, or of the namespace',
  completes: 'objects',
  async *run({ words, conversation }, signal) {
    const [name] = words;
    yield* answerAsk({ ask: 'events', ...(name === undefined ? {} : { name }) }, await conversation.means(), signal);
  },
};

import { answerAsk } from '../../../session/answer-ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const evidenceSlash: DeclaredSlash = {
  name: 'evidence',
  usage: '[number...]',
  summary: 'all pieces of evidence, or some of them in full',
  completes: 'evidence',
  async *run({ words, conversation }, signal) {
    const which = words.map((word) => `ev-${word.replace(/^ev-?/, '')}`);
    yield* answerAsk({ ask: 'evidence', which }, await conversation.means(), signal);
  },
};

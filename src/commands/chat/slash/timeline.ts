import { answerAsk } from '../../../session/answer-ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const timelineSlash: DeclaredSlash = {
  name: 'timeline',
  summary: 'what happened when',
  async *run({ conversation }, signal) {
    yield* answerAsk({ ask: 'timeline' }, await conversation.means(), signal);
  },
};

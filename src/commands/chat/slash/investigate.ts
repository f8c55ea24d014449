import { coded } from '../../../errors/coded-error.ts';
import { answerAsk } from '../../../session/answer-ask.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const investigateSlash: DeclaredSlash = {
  name: 'investigate',
  usage: 'what hurts',
  summary: 'look for the root cause, whatever the words look like',
  completes: 'objects',
  async *run({ rest, conversation }, signal) {
    if (rest === '') throw coded('DESCRIPTION_EMPTY', {});
    yield* answerAsk({ ask: 'investigate', description: rest }, await conversation.means(), signal);
  },
};

import { coded } from '../../../errors/coded-error.ts';
import { answerAsk } from '../../../session/answer-ask.ts';
import { sightsIn } from '../../../session/intents/sights.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const rerunSlash: DeclaredSlash = {
  name: 'rerun',
  usage: '[without kinds]',
  summary: 'ask the same again, and compare',
  more: 'With kinds, "/rerun without logs events": suppose that those could not be read, and see what the answer hangs on.',
  completes: 'sights',
  async *run({ rest, conversation }, signal) {
    const without = sightsIn(rest.replace(/^without\b/, ''));
    if (rest !== '' && without.length === 0) throw coded('ARGUMENTS_INVALID', { problem: `/rerun knows no kind in ${JSON.stringify(rest)}` });
    yield* answerAsk(without.length === 0 ? { ask: 'again' } : { ask: 'suppose', without }, await conversation.means(), signal);
  },
};

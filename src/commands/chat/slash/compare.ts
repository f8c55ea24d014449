import { coded } from '../../../errors/coded-error.ts';
import { comparison } from '../../../session/answers/comparison.ts';
import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const compareSlash: DeclaredSlash = {
  name: 'compare',
  usage: 'id [id]',
  summary: 'what two investigations say differently',
  more: 'With one id: that one, and the last of this session.',
  completes: 'incidents',
  async *run({ words: [first, second], conversation }) {
    if (first === undefined) throw coded('ARGUMENTS_INVALID', { problem: '/compare needs the id of an investigation; /list shows them' });
    const client = await conversation.client();
    const after = second === undefined ? conversation.situation.report : await client.report(second);
    if (after === undefined) throw coded('SESSION_EMPTY', {});
    yield answer(comparison(await client.report(first), after));
  },
};

import { listIncidents } from '../../stored/list-incidents.ts';
import type { DeclaredSlash } from '../declared-slash.ts';
import { saidResult } from '../said-result.ts';

export const listSlash: DeclaredSlash = {
  name: 'list',
  usage: '[cause]',
  summary: 'the last stored investigations',
  more: 'With a word, those whose cause holds it.',
  async *run({ words: [cause], conversation, context }) {
    const options = { limit: '10', ...(cause === undefined ? {} : { cause }) };
    yield await saidResult(
      await listIncidents({ arguments: [], options }, await conversation.client(), {
        ...context,
        settings: { ...context.settings, namespace: undefined, output: 'text' },
      }),
      context.output,
    );
  },
};

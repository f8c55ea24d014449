import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const modelSlash: DeclaredSlash = {
  name: 'model',
  summary: 'who answers, in which order',
  async *run({ conversation: { answerers } }) {
    yield answer((page) => {
      for (const [index, { name }] of answerers.entries()) page.hang({ label: String(index + 1), text: name });
      page.hang({ text: 'No language model is asked in this session, and nothing leaves this machine but reads of the cluster.', role: 'quiet' });
    });
  },
};

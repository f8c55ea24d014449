import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const modelSlash: DeclaredSlash = {
  name: 'model',
  summary: 'who answers, in which order',
  async *run({ conversation: { answerers, transcript } }) {
    yield answer((page) => {
      for (const [index, { name, model }] of answerers.entries())
        page.hang({ label: String(index + 1), text: model === undefined ? name : `${name}, with leads and words of ${model}` });
      if (transcript.server !== null)
        page.hang({ text: `Investigations are those of ${transcript.server}, with the model that it asks, if any.`, role: 'quiet' });
      else if (answerers.every(({ model }) => model === undefined))
        page.hang({ text: 'No language model is asked in this session, and nothing leaves this machine but reads of the cluster.', role: 'quiet' });
    });
  },
};

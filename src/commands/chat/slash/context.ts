import { answer } from '../../../session/said.ts';
import type { DeclaredSlash } from '../declared-slash.ts';

export const contextSlash: DeclaredSlash = {
  name: 'context',
  usage: '[name]',
  summary: 'go over to another cluster of the kubeconfig',
  more: 'Without a name, it lists them.',
  completes: 'contexts',
  async *run({ words: [name], conversation, context }, signal) {
    const { place } = conversation.situation;
    if (name === undefined) {
      const all = await context.listContexts();
      yield answer((page) => {
        if (all.length === 0) page.hang({ text: 'No kubeconfig names a context.' });
        for (const each of all) page.hang({ label: each === place?.target.context ? page.glyphs.bullet : ' ', text: each });
      });
      return;
    }
    await conversation.chooseContext(name, signal);
    yield answer((page) => page.hang({ text: `From now on ${conversation.situation.place?.target.context ?? name}.`, role: 'quiet' }));
  },
};

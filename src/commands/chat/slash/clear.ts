import type { DeclaredSlash } from '../declared-slash.ts';

export const clearSlash: DeclaredSlash = {
  name: 'clear',
  summary: 'forget what was found, and begin with a clean screen',
  more: 'What was on the screen stays in the scrollback.',
  async *run({ conversation }) {
    conversation.about(undefined);
    yield { type: 'cleared' };
  },
};

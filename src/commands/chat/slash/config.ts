import type { DeclaredSlash } from '../declared-slash.ts';
import { saidResult } from '../said-result.ts';

export const configSlash: DeclaredSlash = {
  name: 'config',
  summary: 'every setting, its value and where it comes from',
  async *run({ context }) {
    const { ANSWERS } = await import('../../config/answer-config.ts');
    yield await saidResult(
      await ANSWERS.listSettings({ arguments: [], options: {} }, { ...context, settings: { ...context.settings, output: 'text' } }),
      context.output,
    );
  },
};

import { ANSWERS } from '../../config/answer-config.ts';
import type { DeclaredSlash } from '../declared-slash.ts';
import { saidResult } from '../said-result.ts';

export const configSlash: DeclaredSlash = {
  name: 'config',
  summary: 'every setting, its value and where it comes from',
  async *run({ context }) {
    yield await saidResult(
      await ANSWERS.listSettings({ arguments: [], options: {} }, { ...context, settings: { ...context.settings, output: 'text' } }),
      context.output,
    );
  },
};

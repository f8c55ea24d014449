import { RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import type { CompletionWord } from '../../session/completion.ts';
import type { Completes } from '../../session/slash-command.ts';
import type { CommandContext } from '../context.ts';

/** What Tab offers that is not of the cluster. */
export function wordsOf(context: CommandContext): (what: Completes) => Promise<CompletionWord[]> {
  return async (what) => {
    switch (what) {
      case 'rules':
        return (await context.openRules()).map(({ id, title }) => ({ word: id, help: title }));
      case 'contexts':
        return (await context.listContexts()).map((word) => ({ word, help: '' }));
      case 'sights':
        return ['logs', ...Object.values(RESOURCE_TYPES).map(({ plural }) => plural)].map((word) => ({ word, help: '' }));
      default:
        return [];
    }
  };
}

import type { SettingName } from '../../config/settings.ts';
import { printableLine } from '../../report/printable.ts';
import type { Command } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { type Candidate, type Completion, complete } from './complete.ts';

/** Longer than this nobody waits at a prompt. */
const PATIENCE_MS = 1_500;

/** What a shell is told to add of its own, as cobra's completion protocol numbers it; kubectl reads the same. */
const DIRECTIVES: Readonly<Record<Completion['otherwise'], number>> = { files: 0, nothing: 4, folders: 16 };

export interface CompletionOptions {
  readonly commands: readonly Command[];
  /** A context for the settings on the typed line; what is wrong with them is its own affair. */
  readonly openContext: (flags: Readonly<Partial<Record<SettingName, string>>>) => Promise<{ context: CommandContext; close: () => Promise<void> }>;
}

/** `__complete WORDS... CURRENT`: one candidate a line, with a tab before what it is, then the directive. It never fails: what cannot be looked up is not offered. */
export async function answerCompletion(words: readonly string[], { commands, openContext }: CompletionOptions): Promise<string> {
  const { candidates, otherwise } = await complete({
    words: words.slice(0, -1),
    current: words.at(-1) ?? '',
    commands,
    lookUp: async (what, line) => {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const late = new Promise<readonly Candidate[]>((resolve) => signal.addEventListener('abort', () => resolve([])));
      const names = async (): Promise<readonly Candidate[]> => {
        const { context, close } = await openContext(line.flags);
        try {
          return await (await import('./live-names.ts')).liveNames(what, { context, line, signal });
        } finally {
          await close();
        }
      };
      return Promise.race([names().catch(() => []), late]);
    },
  });
  const lines = candidates.map(({ word, help }) => (help === '' ? word : `${word}\t${printableLine(help)}`));
  return `${[...lines, `:${DIRECTIVES[otherwise]}`].join('\n')}\n`;
}

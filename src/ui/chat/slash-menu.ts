import type { SlashCommand } from '../../session/slash-command.ts';
import { lineOf } from './line-editor.ts';
import type { Prompt } from './prompt.ts';

/** Whoever begins with a slash is shown what there is, without asking. */
export function withSlashMenu(prompt: Prompt, commands: readonly SlashCommand[]): Prompt {
  const line = lineOf(prompt.editor);
  if (prompt.menu !== undefined || prompt.search !== undefined || prompt.editor.lines.length > 1 || !/^\/\S*$/.test(line)) return prompt;
  const fitting = commands.filter(({ name }) => name.startsWith(line.slice(1).toLowerCase()));
  // What stands behind a name is of interest when the name is known.
  const words = fitting.map(({ name, usage, summary }) => ({
    word: `/${name}${usage !== undefined && fitting.length === 1 ? ` ${usage}` : ''}`,
    help: summary,
  }));
  return words.length === 0 ? prompt : { ...prompt, menu: { words, start: 0, chosen: undefined } };
}

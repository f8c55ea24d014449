import type { SlashCommand } from '../../session/slash-command.ts';
import { lineOf } from './line-editor.ts';
import type { Prompt } from './prompt.ts';

/** Whoever begins with a slash is shown what there is, without asking. */
export function withSlashMenu(prompt: Prompt, commands: readonly SlashCommand[]): Prompt {
  const line = lineOf(prompt.editor);
  if (prompt.menu !== undefined || prompt.search !== undefined || prompt.editor.lines.length > 1 || !/^\/\S*$/.test(line)) return prompt;
  const words = commands
    .filter(({ name }) => name.startsWith(line.slice(1).toLowerCase()))
    .map(({ name, usage, summary }) => ({ word: `/${name}${usage === undefined ? '' : ` ${usage}`}`, help: summary }));
  return words.length === 0 ? prompt : { ...prompt, menu: { words, start: 0, chosen: undefined } };
}

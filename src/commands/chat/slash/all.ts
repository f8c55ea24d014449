import type { SlashCommand } from '../../../session/slash-command.ts';
import type { CommandContext } from '../../context.ts';
import { type DeclaredSlash, slashOf } from '../declared-slash.ts';
import { exitSlash } from './exit.ts';
import { helpSlash } from './help.ts';
import { investigateSlash } from './investigate.ts';
import { showSlash } from './show.ts';

/** Every command behind a slash, in the order of /help. */
const DECLARED: readonly DeclaredSlash[] = [investigateSlash, showSlash, helpSlash, exitSlash];

export function slashCommands(context: CommandContext): SlashCommand[] {
  return DECLARED.map((declared) => slashOf(declared, context));
}

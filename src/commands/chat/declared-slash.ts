import type { SlashCommand } from '../../session/slash-command.ts';
import type { CommandContext } from '../context.ts';

/** A command behind a slash, declared as an object; `run` is also given what wiring/compose.ts wires. */
export interface DeclaredSlash extends Omit<SlashCommand, 'run'> {
  run(input: SlashInput, signal: AbortSignal): ReturnType<SlashCommand['run']>;
}

export interface SlashInput {
  /** What stands behind the name. */
  readonly rest: string;
  readonly words: readonly string[];
  readonly conversation: Parameters<SlashCommand['run']>[1];
  readonly context: CommandContext;
}

/** The same for a conversation, which knows nothing of commands. */
export function slashOf({ run, ...declared }: DeclaredSlash, context: CommandContext): SlashCommand {
  return { ...declared, run: (rest, conversation, signal) => run({ rest, words: rest.split(/\s+/).filter(Boolean), conversation, context }, signal) };
}

import type { Command as Commander, Option } from 'commander';
import { COMMANDS } from '../../src/commands/all.ts';
import type { Command } from '../../src/commands/command.ts';
import { buildProgram } from '../../src/commands/program.ts';
import { SETTINGS } from '../../src/config/settings.ts';

export interface OptionReference {
  readonly flags: string;
  readonly help: string;
  readonly choices: readonly string[];
  /** The environment variable that gives the same. */
  readonly variable: string | undefined;
}

/** One command as commander knows it, for whoever writes about it. */
export interface CommandReference {
  /** `rules list` */
  readonly path: string;
  readonly summary: string;
  readonly usage: string;
  readonly arguments: readonly { readonly name: string; readonly help: string }[];
  readonly options: readonly OptionReference[];
  readonly examples: readonly string[];
  /** Its subcommands, where it does nothing itself. */
  readonly below: readonly string[];
}

const VARIABLES = new Map(Object.values(SETTINGS).map(({ flag, env }) => [flag as string, env]));

/** Every command that is not hidden, in the order of --help, each before its subcommands. */
export function cliReference(): readonly CommandReference[] {
  const program = buildProgram({ name: 'sre-orch', commands: COMMANDS, version: '', onAsked: async () => {}, writeOut: () => {}, writeErr: () => {} });
  const visible = program.createHelp().visibleCommands(program);
  return visible.filter((commander) => commander.name() !== 'help').flatMap((commander) => below(commander, [], COMMANDS));
}

function below(commander: Commander, parents: readonly string[], commands: readonly Command[]): CommandReference[] {
  const names = [...parents, commander.name()];
  const command = commands.find(({ name }) => name === commander.name());
  const children = commander.commands.filter((child) => child.name() !== 'help');
  const own: CommandReference = {
    path: names.join(' '),
    summary: commander.summary(),
    usage: `sre-orch ${names.join(' ')} ${commander.usage()}`,
    arguments: commander.registeredArguments.map((argument) => ({ name: argument.name(), help: argument.description })),
    options: commander.options.filter(({ hidden }) => !hidden).map(optionReference),
    examples: command?.examples ?? [],
    below: children.map((child) => child.name()),
  };
  return [own, ...children.flatMap((child) => below(child, names, command?.subcommands ?? []))];
}

function optionReference({ flags, description, argChoices }: Option): OptionReference {
  return { flags, help: description, choices: argChoices ?? [], variable: VARIABLES.get(flags) };
}

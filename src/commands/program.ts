import { Argument, Command as Commander, Option } from 'commander';
import type { Setting } from '../config/setting.ts';
import { SETTINGS, type SettingName } from '../config/settings.ts';
import type { Command, CommandInput, CommandOption } from './command.ts';

/** What was asked: the command, its input, and the settings given as flags. */
export interface Asked {
  readonly command: Command;
  readonly input: CommandInput;
  readonly flags: Readonly<Partial<Record<SettingName, unknown>>>;
}

export interface ProgramOptions {
  /** As it was called. */
  readonly name: string;
  readonly commands: readonly Command[];
  readonly version: string;
  readonly onAsked: (asked: Asked) => Promise<void>;
  readonly writeOut: (text: string) => void;
  readonly writeErr: (text: string) => void;
}

/** The commander program for a list of commands. It throws CommanderError instead of ending the process. */
export function buildProgram({ name, commands, version, onAsked, writeOut, writeErr }: ProgramOptions): Commander {
  const program = new Commander(name)
    .description('Names the root cause of a Kubernetes incident, with the evidence for it. It reads, and changes nothing.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'Help for a command')
    // What a command takes is in its own help; here it would leave no room for what the command does.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .showSuggestionAfterError(true)
    .configureOutput({
      writeOut,
      writeErr, // Told by whoever catches the error, as every other is.
      outputError: () => undefined,
    })
    .exitOverride();
  for (const command of commands) program.addCommand(commanderOf(command, program, onAsked), command.hidden ? { hidden: true } : {});
  return program;
}

function commanderOf(command: Command, parent: Commander, onAsked: ProgramOptions['onAsked']): Commander {
  // Where errors are written, and that they are thrown, is not handed down by addCommand.
  const commander = new Commander(command.name).summary(command.summary).description(command.summary).copyInheritedSettings(parent);
  for (const { name, help } of command.arguments ?? []) commander.addArgument(new Argument(name, help));
  for (const setting of command.settings ?? []) for (const option of settingOptions(SETTINGS[setting])) commander.addOption(option);
  for (const option of command.options ?? []) commander.addOption(commanderOption(option));
  if (command.examples) commander.addHelpText('after', `\nExamples:\n${command.examples.map((example) => `  $ ${example}`).join('\n')}`);
  for (const child of command.subcommands ?? []) commander.addCommand(commanderOf(child, commander, onAsked));
  if (command.run) commander.action(async (...values: unknown[]) => onAsked(askedOf(command, values)));
  return commander;
}

function settingOptions({ flag, help, negation }: Setting): Option[] {
  const option = new Option(flag, help);
  return negation === undefined ? [option] : [option, new Option(`--no-${option.long?.slice('--'.length)}`, negation)];
}

function commanderOption({ flags, help, choices, conflicts }: CommandOption): Option {
  const option = new Option(flags, help);
  if (choices !== undefined) option.choices([...choices]);
  return option.conflicts([...(conflicts ?? [])]);
}

function askedOf(command: Command, values: unknown[]): Asked {
  const options = values[values.length - 2] as Record<string, string | boolean | undefined>;
  const positional = values.slice(0, -2).map((value) => (Array.isArray(value) ? value.join(' ') : (value as string | undefined)));
  const flags: Partial<Record<SettingName, unknown>> = {};
  for (const name of command.settings ?? []) {
    const given = options[flagKey(name)];
    // Without a negation of its own, `--no-store` is the command's word, and not where to store.
    if (given === undefined || (given === false && SETTINGS[name].negation === undefined)) continue;
    flags[name] = given === false ? 'off' : given;
  }
  return { command, input: { arguments: positional, options }, flags };
}

/** The key under which commander stores a setting's flag: `--knowledge-graph <file>` is knowledgeGraph. */
function flagKey(name: SettingName): string {
  return new Option(SETTINGS[name].flag).attributeName();
}

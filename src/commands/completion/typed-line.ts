import type { SettingName } from '../../config/settings.ts';
import type { Command, CommandArgument } from '../command.ts';
import { everyOption, type OfferedOption, offeredOptions } from './offered-options.ts';

/** What has been typed before the word that is to be completed. */
export interface TypedLine {
  readonly command: Command | undefined;
  /** Commands that may follow. */
  readonly below: readonly Command[];
  readonly positional: readonly string[];
  /** The option whose value comes next. */
  readonly pending: OfferedOption | undefined;
  readonly options: readonly OfferedOption[];
  /** Values given so far: of settings by their name, of other options by the long name without dashes. */
  readonly flags: Readonly<Partial<Record<SettingName, string>>>;
  readonly given: ReadonlyMap<string, string | true>;
}

/** Reads a command line that is not finished, and may never be valid. */
export function readTypedLine(words: readonly string[], commands: readonly Command[]): TypedLine {
  let command: Command | undefined;
  let below = commands;
  let pending: OfferedOption | undefined;
  const positional: string[] = [];
  const given = new Map<string, string | true>();
  const flags: Partial<Record<SettingName, string>> = {};
  const take = ({ names: [name = ''], setting }: OfferedOption, value: string | true): void => {
    given.set(name.replace(/^--?/, ''), value);
    if (setting !== undefined && typeof value === 'string') flags[setting] = value;
  };
  for (const word of words) {
    const child = positional.length === 0 ? below.find(({ name }) => name === word) : undefined;
    if (pending !== undefined) {
      take(pending, word);
      pending = undefined;
    } else if (word.startsWith('-')) {
      // Before the command they may stand, too: its name is not known yet.
      const { option, value } = optionIn(word, below.length > 0 ? everyOption(below) : offeredOptions(command));
      if (option?.takesValue && value === undefined) pending = option;
      else if (option !== undefined) take(option, value ?? true);
    } else if (child !== undefined) {
      command = child;
      below = child.subcommands ?? [];
    } else {
      positional.push(word);
    }
  }
  return { command, below: positional.length === 0 ? below : [], positional, pending, options: offeredOptions(command), flags, given };
}

/** `--namespace=shop`, `-n=shop` or `-nshop` as option and value; both undefined for what is not known. */
export function optionIn(word: string, options: readonly OfferedOption[]): { option: OfferedOption | undefined; value: string | undefined } {
  const [, name = word, value] = /^([^=]+)=(.*)$/s.exec(word) ?? /^(-[a-zA-Z])([^-].*)$/s.exec(word) ?? [];
  return { option: options.find(({ names }) => names.includes(name)), value };
}

/** The argument that stands at the next place; the last one takes all that follow where it is variadic. */
export function argumentAt({ command, positional }: TypedLine): CommandArgument | undefined {
  const all = command?.arguments ?? [];
  const last = all.at(-1);
  return all[positional.length] ?? (last?.name.includes('...') ? last : undefined);
}

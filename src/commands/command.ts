import type { Completes } from '../config/completes.ts';
import type { SettingName } from '../config/settings.ts';
import type { CommandContext } from './context.ts';
import type { CommandResult } from './result.ts';

export interface CommandOption {
  /** As commander writes it: `--fail-on <level>`. */
  readonly flags: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
  /** What it cannot stand beside, as commander keys it: `allNamespaces`. */
  readonly conflicts?: readonly string[];
}

export interface CommandArgument {
  /** `<description>`, `[id]`, `[words...]` */
  readonly name: string;
  readonly help: string;
  readonly choices?: readonly string[];
  readonly completes?: Completes;
}

/** One command: what can be asked is data (help, completion and docs come from it); `run` parses, calls a service, returns a result. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly CommandArgument[];
  readonly settings?: readonly SettingName[];
  readonly options?: readonly CommandOption[];
  readonly examples?: readonly string[];
  readonly hidden?: boolean;
  /** Runs although the settings file is not valid. */
  readonly mendsSettings?: boolean;
  /** Ctrl-C and SIGTERM are how it ends, and no failure. */
  readonly endsBySignal?: boolean;
  readonly subcommands?: readonly Command[];
  run?(input: CommandInput, context: CommandContext): Promise<CommandResult>;
}

export interface CommandInput {
  /** Positional arguments in order; a variadic one is joined by spaces. */
  readonly arguments: readonly (string | undefined)[];
  /** The command's own options, keyed as commander does (`--fail-on` is failOn). */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

import type { Completes } from '../../config/completes.ts';
import type { Setting } from '../../config/setting.ts';
import { SETTINGS, type SettingName } from '../../config/settings.ts';
import type { Command } from '../command.ts';

/** An option as it can be typed after a command. */
export interface OfferedOption {
  /** `--namespace`, and `-n` where it has a short form. */
  readonly names: readonly string[];
  readonly takesValue: boolean;
  /** It never stands without one. */
  readonly needsValue: boolean;
  readonly help: string;
  readonly choices: readonly string[];
  readonly completes: Completes | undefined;
  /** The setting that it gives, where it gives one. */
  readonly setting: SettingName | undefined;
}

type Row = Pick<Setting, 'help' | 'choices' | 'completes'> & { readonly flags: string; readonly setting?: SettingName };

const HELP: OfferedOption = {
  names: ['--help', '-h'],
  takesValue: false,
  needsValue: false,
  help: 'print help',
  choices: [],
  completes: undefined,
  setting: undefined,
};

/** Every option of a command, `--help` last. */
export function offeredOptions(command: Command | undefined): readonly OfferedOption[] {
  const settings = (command?.settings ?? []).flatMap((setting): Row[] => {
    const { flag, negation, ...row } = SETTINGS[setting] as Setting;
    return [{ ...row, flags: flag, setting }, ...(negation === undefined ? [] : [{ flags: `--no-${row.file}`, help: negation }])];
  });
  return [...settings, ...(command?.options ?? [])].map(offered).concat(HELP);
}

/** Every option of any command: what may stand before the command is known. */
export function everyOption(commands: readonly Command[]): readonly OfferedOption[] {
  return commands.flatMap((command) => [...offeredOptions(command), ...everyOption(command.subcommands ?? [])]);
}

function offered({ flags, help, choices = [], completes, setting }: Row): OfferedOption {
  const words = flags.split(/[ ,]+/);
  // The long name first: it is the one that is offered.
  const names = words.filter((word) => word.startsWith('-')).sort((a, b) => b.length - a.length);
  return { names, takesValue: /[<[]/.test(flags), needsValue: flags.includes('<'), help, choices, completes, setting };
}

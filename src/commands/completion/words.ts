import { SETTINGS } from '../../config/settings.ts';
import type { Command } from '../command.ts';

export interface CompletionWord {
  readonly word: string;
  readonly help: string;
}

/** What may follow a command line: `path` is the commands typed so far, joined by a space. */
export interface CompletionPlace {
  readonly path: string;
  readonly words: readonly CompletionWord[];
}

/** Every place of the command tree with the words that fit there: subcommands first, then options. */
export function completionPlaces(commands: readonly Command[]): CompletionPlace[] {
  return [placeOf('', commands, []), ...commands.flatMap((command) => placesBelow('', command))];
}

function placesBelow(parent: string, command: Command): CompletionPlace[] {
  const path = parent === '' ? command.name : `${parent} ${command.name}`;
  const children = command.subcommands ?? [];
  return [placeOf(path, children, optionsOf(command)), ...children.flatMap((child) => placesBelow(path, child))];
}

function placeOf(path: string, commands: readonly Command[], options: readonly CompletionWord[]): CompletionPlace {
  const names = commands.filter((command) => !command.hidden).map(({ name, summary }) => ({ word: name, help: summary }));
  return { path, words: [...names, ...options, { word: '--help', help: 'print help' }] };
}

function optionsOf(command: Command): CompletionWord[] {
  const rows = [
    ...(command.settings ?? []).map((name) => ({ flags: SETTINGS[name].flag, help: SETTINGS[name].help })),
    ...(command.options ?? []).map(({ flags, help }) => ({ flags, help })),
  ];
  return rows.flatMap(({ flags, help }) =>
    flags
      .split(/[ ,]+/)
      .filter((word) => word.startsWith('--'))
      .map((word) => ({ word, help })),
  );
}

import type { Command } from './command.ts';
import { everyOption } from './completion/offered-options.ts';
import { optionIn } from './completion/typed-line.ts';

/** `-n shop list` as `list -n shop`: kubectl takes options before its commands, so whoever is used to that may write them there. */
export function withCommandFirst(argv: readonly string[], commands: readonly Command[]): readonly string[] {
  const known = everyOption(commands);
  const path: string[] = [];
  const options: string[] = [];
  let below = commands;
  let at = 0;
  for (; at < argv.length && below.length > 0; at += 1) {
    const word = argv[at] ?? '';
    const child = below.find(({ name }) => name === word);
    if (child !== undefined) {
      path.push(word);
      below = child.subcommands ?? [];
      continue;
    }
    const { option, value } = optionIn(word, known);
    // Help asked for without a command is that of the program; what is not known is told by whoever parses.
    if (option === undefined || (path.length === 0 && option.names.includes('--help'))) break;
    options.push(word);
    if (option.needsValue && value === undefined) options.push(...argv.slice(++at, at + 1));
  }
  return path.length === 0 ? argv : [...path, ...options, ...argv.slice(at)];
}

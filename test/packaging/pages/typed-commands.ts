import { CommanderError } from 'commander';
import { COMMANDS } from '../../../src/commands/all.ts';
import { withCommandFirst } from '../../../src/commands/command-first.ts';
import { everyOption } from '../../../src/commands/completion/offered-options.ts';
import { withoutEqualSigns } from '../../../src/commands/invocation.ts';
import { buildProgram } from '../../../src/commands/program.ts';

const OPERATOR = /^(?:\|\|?|&&?|;|\n|\(|\)|\d?>>?|<)/;

/** What a shell makes of a script: words, and between them the operators that end a command. */
function tokens(script: string): { readonly word?: string; readonly operator?: string }[] {
  const found: { word?: string; operator?: string }[] = [];
  let rest = script.replaceAll('\\\n', ' ');
  while (rest !== '') {
    const blank = /^(?:[ \t]+|#[^\n]*)/.exec(rest);
    const operator = OPERATOR.exec(rest);
    const [skipped] = blank ?? operator ?? /^(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\|&;()<>]|[<>])+/s.exec(rest) ?? [rest];
    rest = rest.slice(skipped.length);
    if (operator !== null && blank === null) found.push({ operator: skipped });
    else if (blank === null) found.push({ word: skipped.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/gs, (_, a?: string, b?: string) => a ?? b ?? '') });
  }
  return found;
}

/** The arguments of each call of the program in a script: where a command stands, or what xargs or kubectl starts. */
export function callsIn(script: string): string[][] {
  const calls: string[][] = [];
  let before: string[] = [];
  let open: string[] | undefined;
  for (const { word, operator } of [...tokens(script), { operator: '\n' }]) {
    if (operator !== undefined) {
      // What is handed over by xargs stands for an argument.
      if (open !== undefined) calls.push(before[0] === 'xargs' ? [...open, 'handed-over'] : open);
      open = undefined;
      before = [];
    } else if (open !== undefined) open.push(word ?? '');
    else if (word === 'sre-orch' && (before.length === 0 || ['xargs', 'kubectl'].includes(before[0] ?? ''))) open = [];
    else if (!/^\w+=/.test(word ?? '')) before.push(word ?? '');
  }
  return calls;
}

/** Why the program would not understand these arguments; undefined: it would. `mentioned`: they are named, and need not be complete. */
export async function misunderstood(args: readonly string[], { mentioned = false } = {}): Promise<string | undefined> {
  const program = buildProgram({ name: 'sre-orch', commands: COMMANDS, version: '0', onAsked: async () => {}, writeOut: () => {}, writeErr: () => {} });
  try {
    await program.parseAsync(withCommandFirst(withoutEqualSigns([...args]), COMMANDS), { from: 'user' });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const fine = [
      'commander.helpDisplayed',
      'commander.version',
      ...(mentioned ? ['commander.help', 'commander.missingArgument', 'commander.optionMissingArgument'] : []),
    ];
    return fine.includes(error.code) ? undefined : `sre-orch ${args.join(' ')}: ${error.message}`;
  }
}

/** Every option of any command, as it is typed. */
export function knownOptions(): ReadonlySet<string> {
  return new Set(everyOption(COMMANDS).flatMap(({ names }) => names));
}

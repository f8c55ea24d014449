import { basename } from 'node:path';

/** How the program was called, which decides how its texts name it. */
export interface Invocation {
  readonly name: 'sre-orch' | 'kubectl sre-orch';
  /** kubectl asks for completions through a program of its own (`kubectl completion --help`). */
  readonly asksForCompletion: boolean;
}

/** kubectl finds its plugins by their file names: kubectl-sre_orch is `kubectl sre-orch`. */
export function invocationOf(script: string | undefined): Invocation {
  const file = basename(script ?? '').replace(/\.js$/, '');
  return { name: file === 'kubectl-sre_orch' ? 'kubectl sre-orch' : 'sre-orch', asksForCompletion: file === 'kubectl_complete-sre_orch' };
}

/** A text with every command line in it as this invocation is called. */
export function asInvoked(text: string, { name }: Invocation, commands: readonly { readonly name: string }[]): string {
  if (name === 'sre-orch') return text;
  return text.replace(new RegExp(`(?<![\\w./-]|kubectl )sre-orch(?= (?:--help|COMMAND|${commands.map((command) => command.name).join('|')})\\b)`, 'g'), name);
}

/** `-o=json` as kubectl takes it, too: as two words. What follows `--` is left alone. */
export function withoutEqualSigns(argv: readonly string[]): string[] {
  const end = argv.indexOf('--');
  const [options, rest] = end === -1 ? [argv, []] : [argv.slice(0, end), argv.slice(end)];
  return [...options.flatMap((word) => /^(-[a-zA-Z])=(.*)$/s.exec(word)?.slice(1) ?? [word]), ...rest];
}

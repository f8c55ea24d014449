import { CommanderError } from 'commander';
import { COMMANDS } from './commands/all.ts';
import { withCommandFirst } from './commands/command-first.ts';
import type { CompletionOptions } from './commands/completion/answer-completion.ts';
import type { Output } from './commands/context.ts';
import { asInvoked, invocationOf, withoutEqualSigns } from './commands/invocation.ts';
import { print } from './commands/print.ts';
import { buildProgram } from './commands/program.ts';
import { VERSION } from './config/version.ts';
import { asCoded, coded } from './errors/coded-error.ts';
import { EXIT } from './errors/row.ts';
import { openOutput, pagedOutput } from './output.ts';
import { folded } from './report/fold.ts';
import { printable } from './report/printable.ts';
import { compose } from './wiring/compose.ts';

/** Of what passes a signal on to a whole group and to its child, both come within milliseconds (timeout(1), npx, a supervisor): that is one. */
const TOGETHER_MS = 100;

/** argv to exit code. Nothing below this ends the process. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const invocation = invocationOf(process.argv[1]);
  const told = (text: string): string => asInvoked(text, invocation, COMMANDS);
  const plain = openOutput(process);
  const output: Output = { ...plain, err: (text) => plain.err(told(text)) };
  let exitCode: number = EXIT.ok;
  let endsBySignal = false;
  const interrupt = new AbortController();
  // The first Ctrl-C stops the reading and reports what is known; the second ends the process.
  let signalledAt = 0;
  const onSignal = (): void => {
    if (!interrupt.signal.aborted) {
      signalledAt = performance.now();
      interrupt.abort();
    } else if (performance.now() - signalledAt > TOGETHER_MS) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  if (argv[0] === '__complete' || invocation.asksForCompletion) return answerShell(invocation.asksForCompletion ? argv : argv.slice(1), output);
  const program = buildProgram({
    name: invocation.name,
    commands: COMMANDS,
    version: VERSION,
    writeOut: (text) => process.stdout.write(told(text)),
    writeErr: (text) => process.stderr.write(told(text)),
    onAsked: async ({ command, input, flags }) => {
      endsBySignal = command.endsBySignal === true;
      const { context, close } = await compose({
        flags,
        output,
        interrupted: interrupt.signal,
        toleratesBadSettings: command.mendsSettings === true,
        readsDump: input.options['snapshot'] !== undefined,
      });
      try {
        const result = (await command.run?.(input, context)) ?? { kind: 'done', exitCode: EXIT.ok };
        exitCode = await print(
          result.kind === 'table' ? { ...result, whenEmpty: told(result.whenEmpty) } : result,
          pagedOutput(output, context.settings.pager, process),
          context.settings.output,
        );
      } finally {
        await close();
      }
    },
  });
  try {
    await program.parseAsync(withCommandFirst(withoutEqualSigns(argv), COMMANDS), { from: 'user' });
  } catch (error) {
    // What a command throws because it was interrupted is no error.
    if (interrupt.signal.aborted) return EXIT.interrupted;
    exitCode = error instanceof CommanderError ? misunderstood(error, argv, told) : report(error, argv, told);
  }
  return interrupt.signal.aborted && exitCode === EXIT.ok && !endsBySignal ? EXIT.interrupted : exitCode;
}

/** Every text that names the program passes one of these. */
type Told = (text: string) => string;

/** A shell or kubectl asks what fits at the cursor. It must not wait for what answers too late, so the process ends here. */
async function answerShell(words: readonly string[], output: Output): Promise<never> {
  const { answerCompletion } = await import('./commands/completion/answer-completion.ts');
  const silent: Output = { ...output, err: () => undefined };
  const openContext: CompletionOptions['openContext'] = (flags) =>
    compose({ flags, output: silent, interrupted: new AbortController().signal, toleratesBadSettings: true });
  await output.out(await answerCompletion(words, { commands: COMMANDS, openContext }));
  process.exit(EXIT.ok);
}

function misunderstood({ code, message }: CommanderError, argv: readonly string[], told: Told): number {
  // Help that was asked for is no error; help shown for want of a command is.
  if (code === 'commander.helpDisplayed' || code === 'commander.version') return EXIT.ok;
  if (code === 'commander.help') return EXIT.usage;
  const problem = message.replace(/^error: /, '').replace(/\n\(Did you mean (.+)\?\)$/s, '; did you mean $1?');
  return report(coded('ARGUMENTS_INVALID', { problem: problem.replace(/\.$/, '') }), argv, told);
}

function report(thrown: unknown, argv: readonly string[], told: Told): number {
  const error = asCoded(thrown);
  const lines = [`error ${error.code}: ${error.message}`, ...error.row.nextSteps.map((step) => `  ${step}`)];
  if (error.correlationId !== undefined) lines.push(`  In the log of the server it is correlation id ${error.correlationId}.`);
  process.stderr.write(`${folded(printable(told(lines.join('\n'))), process.stderr.isTTY ? process.stderr.columns : Number.POSITIVE_INFINITY)}\n`);
  if (error.row.kind === 'bug' && argv.includes('--verbose') && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`);
  return error.row.exitCode;
}

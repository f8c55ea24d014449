import { CommanderError } from 'commander';
import { COMMANDS } from './commands/all.ts';
import { print } from './commands/print.ts';
import { buildProgram } from './commands/program.ts';
import { compose } from './compose.ts';
import { VERSION } from './config/version.ts';
import { asCoded, coded } from './errors/coded-error.ts';
import { EXIT } from './errors/row.ts';
import { openOutput } from './output.ts';
import { printable } from './report/printable.ts';

/** argv to exit code. Nothing below this ends the process. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const output = openOutput(process);
  let exitCode: number = EXIT.ok;
  const interrupt = new AbortController();
  // The first Ctrl-C stops the reading and reports what is known; the second ends the process.
  const onSignal = (): void => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const program = buildProgram({
    commands: COMMANDS,
    version: VERSION,
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
    onAsked: async ({ command, input, flags }) => {
      const { context, close } = await compose({ flags, output, interrupted: interrupt.signal, toleratesBadSettings: command.mendsSettings === true });
      try {
        exitCode = await print((await command.run?.(input, context)) ?? { kind: 'done', exitCode: EXIT.ok }, output, context.settings.output);
      } finally {
        await close();
      }
    },
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    // What a command throws because it was interrupted is no error.
    if (interrupt.signal.aborted) return EXIT.interrupted;
    exitCode = error instanceof CommanderError ? misunderstood(error, argv) : report(error, argv);
  }
  return interrupt.signal.aborted && exitCode === EXIT.ok ? EXIT.interrupted : exitCode;
}

function misunderstood({ code, message }: CommanderError, argv: readonly string[]): number {
  // Help that was asked for is no error; help shown for want of a command is.
  if (code === 'commander.helpDisplayed' || code === 'commander.version') return EXIT.ok;
  if (code === 'commander.help') return EXIT.usage;
  const problem = message.replace(/^error: /, '').replace(/\n\(Did you mean (.+)\?\)$/s, '; did you mean $1?');
  return report(coded('ARGUMENTS_INVALID', { problem: problem.replace(/\.$/, '') }), argv);
}

function report(thrown: unknown, argv: readonly string[]): number {
  const error = asCoded(thrown);
  const lines = [`error ${error.code}: ${error.message}`, ...error.row.nextSteps.map((step) => `  ${step}`)];
  process.stderr.write(`${printable(lines.join('\n'))}\n`);
  if (error.row.kind === 'bug' && argv.includes('--verbose') && thrown instanceof Error) process.stderr.write(`${thrown.stack ?? ''}\n`);
  return error.row.exitCode;
}

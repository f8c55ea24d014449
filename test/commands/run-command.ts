import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/commands/all.ts';
import type { Output } from '../../src/commands/context.ts';
import { print } from '../../src/commands/print.ts';
import { buildProgram } from '../../src/commands/program.ts';
import { compose } from '../../src/wiring/compose.ts';

export const DUMPS = join(import.meta.dirname, '../fixtures/dumps');
export const aFolder = (): string => mkdtempSync(join(tmpdir(), 'sre-orch-'));

export interface Answer {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

/** A command line in this process: parsed, wired and printed as the program does it. Errors are thrown. */
export async function runCommand(argv: readonly string[], interrupted: AbortSignal = new AbortController().signal): Promise<Answer> {
  const written = { out: '', err: '' };
  const out = (text: string): void => {
    written.out += text;
  };
  const err = (text: string): void => {
    written.err += text;
  };
  const output: Output = {
    out: async (text) => out(text),
    err,
    width: 100,
    isTerminal: false,
    color: 'none',
    unicode: true,
    links: false,
    watched: false,
    typed: false,
  };
  let code = -1;
  const program = buildProgram({
    name: 'sre-orch',
    commands: COMMANDS,
    version: '0.0.0',
    writeOut: out,
    writeErr: err,
    onAsked: async ({ command, input, flags }) => {
      const { context, close } = await compose({ flags, output, interrupted, toleratesBadSettings: command.mendsSettings === true });
      try {
        code = await print((await command.run?.(input, context)) ?? { kind: 'done', exitCode: 0 }, output, context.settings.output);
      } finally {
        await close();
      }
    },
  });
  await program.parseAsync([...argv], { from: 'user' });
  return { ...written, code };
}

import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
export async function writeDump(_input: CommandInput, _context: CommandContext): Promise<CommandResult> {
  return { kind: 'done', exitCode: 1 };
}

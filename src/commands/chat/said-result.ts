import type { Said } from '../../session/said.ts';
import type { Output } from '../context.ts';
import { print } from '../print.ts';
import type { CommandResult } from '../result.ts';

/** What a command answers, as a document between answers. */
export async function saidResult(result: CommandResult, output: Output): Promise<Said> {
  const parts: string[] = [];
  await print(result, { ...output, out: async (text) => void parts.push(text) }, 'text');
  return { type: 'document', text: parts.join('') };
}

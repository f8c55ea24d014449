import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { renderReport } from '../render-report.ts';
import type { CommandResult } from '../result.ts';

/** `show`: a stored report, rendered again. */
export async function showIncident(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const client = await context.openClient({
    keep: true,
    onStoreError: (error) => {
      throw error;
    },
  });
  const report = await client.report(input.arguments[0] ?? 'last');
  return { kind: 'text', text: await renderReport(report, context, input.options['verbose'] === true) };
}

import { compareReports } from '../../report/compare-reports.ts';
import { comparisonText } from '../../report/comparison-text.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { storedClient } from './stored-client.ts';

/** `diff`: two stored reports compared, in the order given. */
export async function diffIncidents(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const [before = '', after = ''] = input.arguments;
  const client = await storedClient(input, context);
  const comparison = compareReports(await client.report(before), await client.report(after));
  if (asksForData(context.settings)) return { kind: 'json', value: comparison };
  const { color, width, unicode } = context.output;
  return { kind: 'text', text: comparisonText(comparison, { color, width, unicode }) };
}

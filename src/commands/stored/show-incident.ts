import type { InvestigationClient } from '../../client/investigation-client.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { openReport } from '../open-report.ts';
import { plainWatcher } from '../plain-watcher.ts';
import { renderReport } from '../render-report.ts';
import type { CommandResult } from '../result.ts';
import { storedClient } from './stored-client.ts';

/** `show`: a stored report, rendered again. */
export async function showIncident(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const client = await storedClient(input, context);
  const id = input.arguments[0] ?? 'last';
  if (input.options['watch'] === true) await watch(client, id, context);
  const report = await client.report(id);
  const opened = input.options['open'] === true && (await openReport(report, context));
  if (opened && context.settings.output === 'html') return { kind: 'done', exitCode: 0 };
  return { kind: 'text', text: await renderReport(report, context, input.options['verbose'] === true) };
}

/** Tells what happens until the run ends, as `investigate` does. */
async function watch(client: InvestigationClient, id: string, { output, interrupted, openWatcher, settings }: CommandContext): Promise<void> {
  const watcher = output.watched && settings.output === 'text' ? await openWatcher(interrupted) : plainWatcher(output);
  try {
    for await (const event of client.follow(id, interrupted)) watcher.show(event);
  } finally {
    await watcher.end();
  }
}

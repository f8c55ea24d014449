import { asCoded, coded } from '../../errors/coded-error.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { reportRun } from '../investigate/report-run.ts';
import { refuseLocalFlags } from '../local-flags.ts';
import type { CommandResult } from '../result.ts';
import { storedClient } from './stored-client.ts';

const NO_LLM = { '--no-llm': { key: 'llm', value: false } };

/** `rerun`: the question of a stored investigation once more, told as `investigate` tells it. */
export async function rerunIncident(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  refuseLocalFlags(input, context, { refused: NO_LLM });
  const id = input.arguments[0] ?? 'last';
  const isHere = context.settings.server === undefined || input.options['snapshot'] !== undefined;
  if (isHere) await refuseWithoutItsDump(id, input, context);
  return reportRun(input, context, (client, _asOf, signal) => client.rerun(id, context.newIncidentId(), signal));
}

/** A cluster would be asked what was asked of a dump, and its answer compared with that. */
async function refuseWithoutItsDump(id: string, input: CommandInput, context: CommandContext): Promise<void> {
  const client = await storedClient(input, context);
  const report = await client.report(id).catch((error: unknown) => {
    if (asCoded(error).code === 'INCIDENT_WITHOUT_REPORT') return undefined;
    throw error;
  });
  if (report?.target.reader === 'snapshot' && input.options['snapshot'] === undefined) throw coded('SNAPSHOT_NEEDED', { id: report.incident_id });
}

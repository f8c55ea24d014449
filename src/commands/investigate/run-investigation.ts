import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import { coded } from '../../errors/coded-error.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { refuseLocalFlags } from '../local-flags.ts';
import type { CommandResult } from '../result.ts';
import { reportRun } from './report-run.ts';
import { timeWindow } from './time-window.ts';

/** `investigate`: asks what the words and flags say. */
export async function runInvestigation(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  refuseLocalFlags(input, context);
  const request = requestOf(input, context);
  // A dump may be of last week: half an hour ago is half an hour before it was taken.
  return reportRun(input, context, (client, asOf, signal) => client.investigate({ ...request, ...timeWindow(input.options, asOf) }, signal));
}

function requestOf(input: CommandInput, { settings, now, newIncidentId }: CommandContext): InvestigationRequest {
  const description = (input.arguments[0] ?? '').trim();
  if (description === '') throw coded('DESCRIPTION_EMPTY', {});
  return {
    incidentId: newIncidentId(),
    description,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    allNamespaces: input.options['allNamespaces'] === true,
    ...(input.options['llm'] === false ? { llm: false } : {}),
    ...timeWindow(input.options, now()),
  };
}

import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { storedClient } from './stored-client.ts';

/** `cancel`: ends a run of this machine or of a server; whoever is at it writes its report. */
export async function cancelIncident(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const cancelled = await (await storedClient(input, context)).cancel(input.arguments[0] ?? 'last');
  const { incident_id: id, status } = cancelled;
  if (asksForData(context.settings)) return { kind: 'json', value: cancelled };
  if (context.settings.output === 'name') return { kind: 'text', text: id };
  if (status === 'cancelled') return { kind: 'text', text: `Investigation ${id} is cancelled: it had not begun.` };
  return { kind: 'text', text: `Investigation ${id} is being stopped; what is known by now becomes its report: sre-orch show ${id} --watch` };
}

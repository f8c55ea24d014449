import type { IncidentClient } from '../../client/investigation-client.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { refuseLocalFlags } from '../local-flags.ts';

/** A client for what is stored: without the store there is nothing to answer, so what is wrong with it is the answer. */
export async function storedClient(input: CommandInput, context: CommandContext): Promise<IncidentClient> {
  refuseLocalFlags(input, context);
  return context.openClient({
    keep: true,
    onStoreError: (error) => {
      throw error;
    },
  });
}

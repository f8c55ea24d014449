import type { InvestigationClient } from '../../client/investigation-client.ts';
import type { CommandContext } from '../context.ts';

/** A client for what is stored: without the store there is nothing to answer, so what is wrong with it is the answer. */
export function storedClient({ openClient }: CommandContext): Promise<InvestigationClient> {
  return openClient({
    keep: true,
    onStoreError: (error) => {
      throw error;
    },
  });
}

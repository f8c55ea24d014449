import type { TokenReviews } from '../cluster/live/token-review.ts';
import type { AgentSources } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import { spareMemory } from './heap-flags.ts';
import { accessOf } from './kubeconfig-access.ts';

/** The cluster of the settings, which need not be there yet. */
export async function openAgentSources(settings: Settings, { secretKeys }: { readonly secretKeys: boolean }): Promise<AgentSources> {
  const [{ openLiveReader }, { openSelfReviews }, { openTokenReviews }, { isHandshakeFailure }] = await Promise.all([
    import('../cluster/live/open-live-reader.ts'),
    import('../cluster/live/access-review.ts'),
    import('../cluster/live/token-review.ts'),
    import('../cluster/live/http/failure.ts'),
  ]);
  spareMemory('agent');
  const access = accessOf(settings);
  let reviews: Promise<TokenReviews> | undefined;
  return {
    open: (signal) => openLiveReader({ ...access, signal, secretKeys, longRunning: true }),
    openReviews: () => openSelfReviews(access),
    reviewToken: async (token, audiences, signal) => {
      reviews ??= openTokenReviews(access).catch((error: unknown) => {
        reviews = undefined;
        throw error;
      });
      const asked = await reviews;
      return asked.review(token, audiences, signal).catch(async (error: unknown) => {
        // The next one is opened with what the files of the service account hold then.
        if (isHandshakeFailure(error)) {
          reviews = undefined;
          await asked[Symbol.asyncDispose]();
        }
        throw error;
      });
    },
    async [Symbol.asyncDispose]() {
      await (await reviews?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}

import type { TokenReviews } from '../cluster/live/token-review.ts';
import type { AgentSources } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import { accessOf } from './kubeconfig-access.ts';

/** The cluster of the settings, which need not be there yet. */
export async function openAgentSources(settings: Settings): Promise<AgentSources> {
  const [{ openLiveReader }, { openSelfReviews }, { openTokenReviews }] = await Promise.all([
    import('../cluster/live/open-live-reader.ts'),
    import('../cluster/live/access-review.ts'),
    import('../cluster/live/token-review.ts'),
  ]);
  const access = accessOf(settings);
  let reviews: Promise<TokenReviews> | undefined;
  return {
    open: (signal) => openLiveReader({ ...access, signal }),
    openReviews: () => openSelfReviews(access),
    reviewToken: async (token, audiences, signal) => {
      reviews ??= openTokenReviews(access).catch((error: unknown) => {
        reviews = undefined;
        throw error;
      });
      return (await reviews).review(token, audiences, signal);
    },
    async [Symbol.asyncDispose]() {
      await (await reviews?.catch(() => undefined))?.[Symbol.asyncDispose]();
    },
  };
}

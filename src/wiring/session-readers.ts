import type { ClusterReader } from '../cluster/reader.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import { readsThroughAgents } from './cluster.ts';
import { accessOf } from './kubeconfig-access.ts';

interface SessionReaders {
  readonly open: (signal: AbortSignal) => Promise<ClusterReader>;
  readonly close: () => Promise<void>;
}

/** A dump is opened once for all questions of a session; a cluster for each: what it counts and its time are those of the question. */
export function sessionReaders({
  openReader,
  settings,
  snapshot,
  kubeContext,
}: {
  openReader: CommandContext['openReader'];
  settings: Settings;
  snapshot: string | undefined;
  kubeContext: string | undefined;
}): SessionReaders {
  if (snapshot === undefined) {
    const open: SessionReaders['open'] = async (signal) => {
      if (kubeContext === undefined && readsThroughAgents(settings)) return openReader({ signal });
      const { openLiveReader } = await import('../cluster/live/open-live-reader.ts');
      return openLiveReader({ ...accessOf({ ...settings, context: kubeContext ?? settings.context }), signal });
    };
    return { open, close: async () => {} };
  }
  let dump: Promise<ClusterReader> | undefined;
  return {
    open: async (signal) => {
      // What was not opened, because it was stopped, is opened the next time.
      dump ??= openReader({ snapshot, signal }).catch((error: unknown) => {
        dump = undefined;
        throw error;
      });
      const { wrappedReader } = await import('../cluster/wrapped-reader.ts');
      return wrappedReader(await dump, { [Symbol.asyncDispose]: async () => {} });
    },
    close: async () => (await dump?.catch(() => undefined))?.[Symbol.asyncDispose](),
  };
}

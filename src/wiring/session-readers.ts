import type { ClusterReader } from '../cluster/reader.ts';
import { scopedReader } from '../cluster/scoped-reader.ts';
import { SharedReader } from '../cluster/shared-reader.ts';
import { tracedReader } from '../cluster/traced-reader.ts';
import type { CommandContext } from '../commands/context.ts';
import type { Settings } from '../config/settings.ts';
import { readsThroughAgents } from './cluster.ts';
import { accessOf } from './kubeconfig-access.ts';

interface SessionReaders {
  readonly open: (signal: AbortSignal) => Promise<ClusterReader>;
  readonly close: () => Promise<void>;
}

interface SessionReadersOptions {
  readonly openReader: CommandContext['openReader'];
  readonly settings: Settings;
  readonly snapshot: string | undefined;
  readonly kubeContext: string | undefined;
  readonly sharesReads: boolean;
  /** Namespaces that may be seen; undefined: all. */
  readonly within: readonly string[] | undefined;
}

/** For how long questions share a connection where they may. */
const FRESH_MS = 3_000;
const OPENING_MS = 15_000;

/** The readers of a session, which see no more than whoever asks may see. */
export function sessionReaders({ within, ...options }: SessionReadersOptions): SessionReaders {
  const { open, close } = allReaders(options);
  return within === undefined ? { open, close } : { open: async (signal) => scopedReader(await open(signal), within), close };
}

/** A dump is opened once for all questions of a session; a cluster for each: what it counts and its time are those of the question. */
function allReaders({ openReader, settings, snapshot, kubeContext, sharesReads }: Omit<SessionReadersOptions, 'within'>): SessionReaders {
  if (snapshot === undefined) {
    const open: SessionReaders['open'] = async (signal) => {
      if (kubeContext === undefined && readsThroughAgents(settings)) return tracedReader(await openReader({ signal }));
      const { openLiveReader } = await import('../cluster/live/open-live-reader.ts');
      return tracedReader(await openLiveReader({ ...accessOf({ ...settings, context: kubeContext ?? settings.context }), signal }));
    };
    if (!sharesReads) return { open, close: async () => {} };
    const shared = new SharedReader(() => open(AbortSignal.timeout(OPENING_MS)), FRESH_MS);
    return { open: () => shared.take(), close: () => shared[Symbol.asyncDispose]() };
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
      return wrappedReader(tracedReader(await dump), { [Symbol.asyncDispose]: async () => {} });
    },
    close: async () => (await dump?.catch(() => undefined))?.[Symbol.asyncDispose](),
  };
}

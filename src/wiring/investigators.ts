import type { CommandContext } from '../commands/context.ts';
import { coded } from '../errors/coded-error.ts';
import { engineOf, followUpsOver, noCluster, openReasoning, type Reasoning } from './engine.ts';
import { sessionReaders } from './session-readers.ts';
import { openStoreOr } from './store.ts';

type Opens<T extends 'openClient' | 'openSession'> = CommandContext[T];
type Opened<T extends 'openClient' | 'openSession'> = [context: CommandContext, options: Parameters<Opens<T>>[0], screen: Screen];

/** What the user's own screen may show again of what was hidden from a model: addresses, never secrets. */
interface Screen {
  restore: (text: string) => string;
}

/** One investigation in this process, or what the store knows of earlier ones where no reader is given. */
export async function openLocalClient(...[context, { reader, keep, onStoreError, asking }, screen]: Opened<'openClient'>): ReturnType<Opens<'openClient'>> {
  const { localClient } = await import('../client/local.ts');
  const model = reader === undefined || asking === undefined ? undefined : await context.openModel(asking.onCall);
  if (model !== undefined) screen.restore = model.redactor.restore;
  else if (asking?.onPrompt !== undefined) throw coded('LLM_NOT_CONFIGURED', { missing: 'LLM_BASE_URL' });
  const store = keep ? await openStoreOr(context.openStore, reader === undefined ? undefined : onStoreError) : undefined;
  const investigate = reader === undefined ? noCluster : await engineOf(context, reader, { asked: model && { model, onPrompt: asking?.onPrompt } });
  const { createRedactor } = await import('../redact/redactor.ts');
  return localClient({ investigate, store, openBeside: context.openBeside, redact: createRedactor().text, now: context.now, onStoreError });
}

/** Many questions to one cluster or dump. */
export async function openLocalSession(
  ...[context, { snapshot, context: kubeContext, keep, asksModel = true, sharesReads = false, within, warn }, screen]: Opened<'openSession'>
): ReturnType<Opens<'openSession'>> {
  const [{ localSession }, { createRedactor }] = await Promise.all([import('../client/local-session.ts'), import('../redact/redactor.ts')]);
  const model = asksModel ? await context.openModel() : undefined;
  if (model !== undefined) screen.restore = model.redactor.restore;
  const asked = model && { model, onPrompt: undefined };
  // Rules are compiled once for all questions of a session.
  let reasoning: Promise<Reasoning> | undefined;
  return localSession({
    ...sessionReaders({ openReader: context.openReader, settings: context.settings, snapshot, kubeContext, sharesReads, within }),
    engineOver: async (reader) => {
      reasoning ??= openReasoning(context);
      return engineOf(context, reader, { warn, asked, reasoning: await reasoning });
    },
    followUpsOver: async (reader) => {
      if (asked === undefined) return undefined;
      reasoning ??= openReasoning(context);
      return followUpsOver(context, reader, { asked, reasoning: await reasoning });
    },
    openKnowledge: context.openKnowledge,
    redactor: createRedactor(),
    store: keep ? await openStoreOr(context.openStore, ({ message }) => warn(message)) : undefined,
    now: context.now,
    onStoreError: ({ message }) => warn(message),
  });
}

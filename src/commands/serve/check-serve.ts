import { asCoded } from '../../errors/coded-error.ts';
import type { CommandContext, ServedParts } from '../context.ts';
import type { CommandResult } from '../result.ts';

const CLUSTER_MS = 10_000;

/** `serve --check`: all that serving needs was opened and is looked at once; nothing is listened on. Throws what serving would throw. */
export async function checkServe({ queue, keys }: ServedParts, snapshot: string | undefined, context: CommandContext): Promise<CommandResult> {
  const [waiting, known, rules] = await Promise.all([queue.waiting(), keys.list(), context.openRules()]);
  await context.openKnowledge();
  const lines = [
    `store      can be used; ${waiting} waiting`,
    `API keys   ${known.filter(({ revoked_at }) => revoked_at === null).length}`,
    `rules      ${rules.length}`,
    `cluster    ${await clusterOf(snapshot, context)}`,
  ];
  return { kind: 'text', text: lines.join('\n') };
}

/** A cluster that does not answer is no reason not to serve: incidents are accepted all the same. */
async function clusterOf(snapshot: string | undefined, { openReader, interrupted }: CommandContext): Promise<string> {
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(CLUSTER_MS)]);
  try {
    await using reader = await openReader({ signal, ...(snapshot === undefined ? {} : { snapshot }) });
    const { cluster, context, server_version: version } = reader.target;
    return [cluster ?? context ?? 'a dump', version].filter((each) => each !== null).join(', ');
  } catch (error) {
    const { code, message } = asCoded(error);
    return `does not answer (${code}: ${message}); incidents are accepted all the same, and their reports say so`;
  }
}

import type { FactText } from './fact.ts';

interface SignalledDoc {
  readonly waiting?: { readonly reason?: string | null } | null;
  readonly termination?: { readonly reason?: string | null; readonly exit_code?: number | null } | null;
  readonly phase?: string | null;
  readonly ready?: unknown;
  readonly failing?: unknown;
  readonly recently_failed?: unknown;
  readonly killed_by?: unknown;
  readonly conditions?: Readonly<Record<string, { readonly status?: string | null } | undefined>> | null;
}

/**
 * The tokens a fact is indexed by: the reason of every text that is not stale, `log` where it has log texts, the waiting and
 * termination reasons, `exit-<code>`, the phase, `<Type>=<status>` of each condition, and of a container `not-ready`,
 * `failing` (now or within the hour) and `killed-by-<whom>`. Pure, so that examples and real facts are indexed alike.
 * `extra` adds what only one subject knows.
 */
export function signalsOf(doc: object, texts: readonly FactText[], extra: readonly string[] = []): ReadonlySet<string> {
  const state = doc as SignalledDoc;
  const { waiting, termination, phase, conditions } = state;
  const signals = new Set<string>(extra);
  for (const text of texts) {
    if (text.source === 'log') signals.add('log');
    if (text.reason !== null && !text.stale) signals.add(text.reason);
  }
  if (waiting?.reason) signals.add(waiting.reason);
  if (termination?.reason) signals.add(termination.reason);
  if (typeof termination?.exit_code === 'number') signals.add(`exit-${termination.exit_code}`);
  if (phase) signals.add(phase);
  if (state.ready === false) signals.add('not-ready');
  if (state.failing === true || state.recently_failed === true) signals.add('failing');
  if (typeof state.killed_by === 'string') signals.add(`killed-by-${state.killed_by}`);
  for (const [type, condition] of Object.entries(conditions ?? {})) if (condition?.status) signals.add(`${type}=${condition.status}`);
  return signals;
}

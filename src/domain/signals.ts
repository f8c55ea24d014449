import type { FactText } from './fact.ts';

interface SignalledDoc {
  readonly waiting?: { readonly reason?: string | null } | null;
  readonly termination?: { readonly reason?: string | null; readonly exit_code?: number | null } | null;
  readonly phase?: string | null;
  readonly conditions?: Readonly<Record<string, { readonly status?: string | null } | undefined>> | null;
}

/**
 * The tokens a fact is indexed by: the reason of every text that is not stale, `log` where it has log texts, the waiting and
 * termination reasons, `exit-<code>`, the phase, and `<Type>=<status>` of each condition. Pure, so that examples and real
 * facts are indexed alike. `extra` adds what only one subject knows.
 */
export function signalsOf(doc: object, texts: readonly FactText[], extra: readonly string[] = []): ReadonlySet<string> {
  const { waiting, termination, phase, conditions } = doc as SignalledDoc;
  const signals = new Set<string>(extra);
  for (const text of texts) {
    if (text.source === 'log') signals.add('log');
    if (text.reason !== null && !text.stale) signals.add(text.reason);
  }
  if (waiting?.reason) signals.add(waiting.reason);
  if (termination?.reason) signals.add(termination.reason);
  if (typeof termination?.exit_code === 'number') signals.add(`exit-${termination.exit_code}`);
  if (phase) signals.add(phase);
  for (const [type, condition] of Object.entries(conditions ?? {})) if (condition?.status) signals.add(`${type}=${condition.status}`);
  return signals;
}

import type { LogBlock, LogExcerpt, LogLine } from '../domain/log-excerpt.ts';

/** What was said since a store last answered: who is answered has overcome what kept him from it. */
export function sinceAnswer(logs: readonly LogExcerpt[], isAnswer: (text: string) => boolean): LogExcerpt[] {
  const answered = logs.map((log) => lastAnswer(log, isAnswer));
  const now = logs.findIndex(({ previous }, index) => !previous && answered[index] !== undefined);
  return logs.flatMap((log, index) => {
    const answer = answered[index];
    if (log.previous && now >= 0) return [];
    return answer === undefined ? [log] : [after(log, answer)];
  });
}

function lastAnswer(log: LogExcerpt, isAnswer: (text: string) => boolean): number | undefined {
  const lines: readonly LogLine[] = [...log.causes, ...log.errors, ...log.tail];
  const numbers = lines.flatMap(({ number, text }) => (isAnswer(text) ? [number] : []));
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function after(log: LogExcerpt, answer: number): LogExcerpt {
  const since = <T extends { readonly number: number }>(lines: readonly T[]): T[] => lines.filter(({ number }) => number > answer);
  const fatal: LogBlock | null = log.fatal !== null && log.fatal.firstLine > answer ? log.fatal : null;
  return {
    ...log,
    fatal,
    deepestCause: fatal === null ? null : log.deepestCause,
    causes: since(log.causes),
    errors: since(log.errors),
    tail: since(log.tail),
  };
}

/** Walking through what was said before. `at` counts from the newest; undefined: at the line that is being written. */
export interface HistoryWalk {
  readonly at: number | undefined;
  /** The line that was being written when the walk began. */
  readonly draft: string;
}

export const NO_WALK: HistoryWalk = { at: undefined, draft: '' };

/** One step back; undefined at the oldest. Lines that repeat their neighbour are kept once when they are added. */
export function older(entries: readonly string[], walk: HistoryWalk, current: string): { walk: HistoryWalk; text: string } | undefined {
  const at = walk.at === undefined ? 0 : walk.at + 1;
  const text = entries[entries.length - 1 - at];
  return text === undefined ? undefined : { walk: { at, draft: walk.at === undefined ? current : walk.draft }, text };
}

/** One step forward; behind the newest stands the draft. */
export function newer(entries: readonly string[], walk: HistoryWalk): { walk: HistoryWalk; text: string } | undefined {
  if (walk.at === undefined) return undefined;
  if (walk.at === 0) return { walk: NO_WALK, text: walk.draft };
  const at = walk.at - 1;
  return { walk: { ...walk, at }, text: entries[entries.length - 1 - at] ?? '' };
}

/** Searching backwards, as Ctrl-R does. */
export interface HistorySearch {
  readonly query: string;
  /** Index of the line that was found; undefined: none holds the query. */
  readonly found: number | undefined;
}

/** The next line before `from` that holds the query, in any case. */
export function searchBack(entries: readonly string[], query: string, from = entries.length): HistorySearch {
  const wanted = query.toLowerCase();
  for (let index = Math.min(from, entries.length) - 1; index >= 0; index -= 1)
    if (query !== '' && entries[index]?.toLowerCase().includes(wanted)) return { query, found: index };
  return { query, found: undefined };
}

/** The next line behind `from`. */
export function searchForward(entries: readonly string[], query: string, from: number): HistorySearch {
  const wanted = query.toLowerCase();
  for (let index = from + 1; index < entries.length; index += 1) if (entries[index]?.toLowerCase().includes(wanted)) return { query, found: index };
  return { query, found: undefined };
}

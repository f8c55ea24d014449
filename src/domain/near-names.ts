/** Candidates that a person may have meant by `name`, nearest first: one or two letters off, or the same words otherwise joined. */
export function nearNames(name: string, candidates: Iterable<string>, limit = 3): string[] {
  const scored: { candidate: string; score: number }[] = [];
  for (const candidate of new Set(candidates)) {
    const score = nearness(name, candidate);
    if (score !== undefined) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || a.candidate.localeCompare(b.candidate));
  return scored.slice(0, limit).map(({ candidate }) => candidate);
}

/** 0 for equal but for case and joints, larger the further apart; undefined where nobody would confuse the two. */
export function nearness(a: string, b: string): number | undefined {
  const [plainA, plainB] = [plain(a), plain(b)];
  if (plainA === plainB) return 0;
  if (areSiblings(a, b)) return undefined;
  const shorter = Math.min(plainA.length, plainB.length);
  const distance = editDistance(plainA, plainB);
  if (distance <= slips(shorter) && !differInOneWord(a, b)) return distance;
  // A word put before or behind: `db` is too short to be recognised in `db-invalid`, `postgres` is not.
  if (shorter >= 4 && isWordPart(a, b)) return 3 + Math.abs(plainA.length - plainB.length) / 100;
  return undefined;
}

/** `worker-1` and `worker-2`, `web-a` and `web-b`, `v1` and `v2` are told apart on purpose. */
function areSiblings(a: string, b: string): boolean {
  const stem = (name: string): string =>
    name
      .toLowerCase()
      .replaceAll(/\d+/g, '#')
      .replace(/[-_.][a-z]$/, '-?');
  return stem(a) === stem(b) && stem(a) !== a.toLowerCase();
}

/** How many letters may be wrong in a word of this length before it is another word. */
function slips(length: number): number {
  return length < 6 ? 1 : 2;
}

/** `shop-order-api` and `shop-user-api`: what they share says nothing, the words that differ are compared by themselves. */
function differInOneWord(a: string, b: string): boolean {
  const [wordsA, wordsB] = [a, b].map((name) => name.toLowerCase().split(/[-_.\s]/)) as [string[], string[]];
  if (wordsA.length !== wordsB.length || wordsA.length === 1) return false;
  return wordsA.some((word, index) => {
    const other = wordsB[index] ?? '';
    return word !== other && editDistance(word, other) > slips(Math.min(word.length, other.length));
  });
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_.\s]/g, '');
}

function isWordPart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(`${short}-`) || long.endsWith(`-${short}`) || long.startsWith(`${short}.`) || long.startsWith(`${short}_`);
}

/** Levenshtein, with a swap of two neighbours counted as one (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

const MAX_LINES = 4;

/** Of two texts of several lines, the lines that only one of them has; of shorter ones the whole. */
export function changedLines(before: string | undefined, after: string | undefined): [string | undefined, string | undefined] {
  if (before === undefined || after === undefined || !`${before}${after}`.trimEnd().includes('\n')) return [before, after];
  const [old, now] = [linesOf(before), linesOf(after)];
  return [only(old, now), only(now, old)];
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function only(lines: readonly string[], others: readonly string[]): string | undefined {
  const known = new Set(others);
  const own = lines.filter((line) => !known.has(line));
  if (own.length === 0) return undefined;
  return `${own.slice(0, MAX_LINES).join('; ')}${own.length > MAX_LINES ? '; …' : ''}`;
}

/** What the kubelet puts before each line on demand: a time of fixed width. Other writers of containers' logs vary in its digits. */
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}(?:Z|[+-]\d\d:\d\d) /;
const ANY_STAMP = new RegExp(STAMP.source, 'm');
/** Of a longer block the times of what follows are a little early; to search further would cost too much. */
const LONGEST_BLOCK = 500;

/** Applies `redact` to a log as its program wrote it: what spans lines is not to be hidden from it by the times between them. */
export function redactStamped(text: string, redact: (text: string) => string): string {
  if (!ANY_STAMP.test(text)) return redact(text);
  const stamps: string[] = [];
  const lines = text.split('\n').map((line) => {
    const stamp = STAMP.exec(line)?.[0] ?? '';
    stamps.push(stamp);
    return line.slice(stamp.length);
  });
  return stampedAgain(redact(lines.join('\n')).split('\n'), lines, stamps);
}

/** A block of lines may have become one: that one has the time of the first. */
function stampedAgain(clean: readonly string[], lines: readonly string[], stamps: readonly string[]): string {
  let gone = lines.length - clean.length;
  let at = 0;
  const stamped = clean.map((line, index) => {
    const stamp = stamps[at] ?? '';
    const skipped = gone > 0 && line !== lines[at] ? linesUntil(clean[index + 1], lines, at, Math.min(gone, LONGEST_BLOCK)) : 0;
    gone -= skipped;
    at += 1 + skipped;
    return stamp + line;
  });
  return stamped.join('\n');
}

/** How many lines were swallowed before the next one that is left; none where that was changed, too. */
function linesUntil(next: string | undefined, lines: readonly string[], at: number, gone: number): number {
  for (let skipped = 0; skipped <= gone; skipped += 1) if (lines[at + 1 + skipped] === next) return skipped;
  return 0;
}

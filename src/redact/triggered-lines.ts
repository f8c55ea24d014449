/**
 * Applies `change` to the lines in which `trigger` (global) matches, each with the line after it, and leaves the others alone:
 * few lines of a log speak of secrets, and looking closely is slow.
 */
export function changeTriggeredLines(text: string, trigger: RegExp, change: (lines: string) => string): string {
  const parts: string[] = [];
  let done = 0;
  trigger.lastIndex = 0;
  for (let match = trigger.exec(text); match !== null; match = trigger.exec(text)) {
    const from = Math.max(done, text.lastIndexOf('\n', match.index) + 1);
    const to = blockEnd(text, match.index + match[0].length, trigger);
    parts.push(text.slice(done, from), change(text.slice(from, to)));
    done = to;
    trigger.lastIndex = to;
  }
  return done === 0 ? text : parts.join('') + text.slice(done);
}

/** The end of the line after the triggered one; further as long as lines trigger, so that a pair is never cut. */
function blockEnd(text: string, position: number, trigger: RegExp): number {
  let end = lineEnd(text, lineEnd(text, position));
  for (;;) {
    trigger.lastIndex = position;
    const next = trigger.exec(text);
    if (next === null || next.index >= end) return end;
    position = next.index + next[0].length;
    end = lineEnd(text, lineEnd(text, position));
  }
}

function lineEnd(text: string, position: number): number {
  const end = text.indexOf('\n', position);
  return end < 0 ? text.length : end + 1;
}

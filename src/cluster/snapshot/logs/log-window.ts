import type { LogOptions, LogText } from '../../reader.ts';

/** What the live reader takes of a log without another limit. */
const DEFAULT_MAX_BYTES = 8 * 1024 ** 2;
const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/;

/** The part of a log that was asked for: since a time (lines that bear none follow the one before), then its last lines, then its last bytes. */
export function logWindow(text: string, options: Pick<LogOptions, 'since' | 'tailLines' | 'maxBytes'>): LogText {
  const recent = options.since === undefined ? text : sinceTime(text, Date.parse(options.since));
  const tail = options.tailLines === undefined ? recent : lastLines(recent, options.tailLines);
  const kept = lastBytes(tail, options.maxBytes ?? DEFAULT_MAX_BYTES);
  return { text: kept, truncated: kept.length < recent.length };
}

function sinceTime(text: string, since: number): string {
  let from = 0;
  while (from < text.length) {
    const stamp = STAMP.exec(text.slice(from, from + 40))?.[0];
    if (stamp !== undefined && Date.parse(stamp) >= since) return text.slice(from);
    const end = text.indexOf('\n', from);
    if (stamp === undefined && from === 0) return text;
    if (end < 0) break;
    from = end + 1;
  }
  return '';
}

function lastLines(text: string, count: number): string {
  let from = text.endsWith('\n') ? text.length - 1 : text.length;
  for (let line = 0; line < count; line++) {
    from = text.lastIndexOf('\n', from - 1);
    if (from < 0) return text;
  }
  return count <= 0 ? '' : text.slice(from + 1);
}

/** Cut at a line's beginning, unless that line alone is longer. */
function lastBytes(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes) return text;
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= maxBytes) return text;
  const from = bytes.length - maxBytes;
  const line = bytes.indexOf(0x0a, from - 1);
  const cut = line >= 0 && line + 1 < bytes.length ? line + 1 : from;
  return bytes.toString('utf8', cut).replace(/^\uFFFD+/, '');
}

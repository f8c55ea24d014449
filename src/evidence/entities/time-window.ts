import type { ParsedDescription } from './parsed-description.ts';

type Window = NonNullable<ParsedDescription['timeWindow']>;

const ISO = '\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d)?(?:\\.\\d+)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?';
const CLOCK = '\\d{1,2}:\\d\\d(?::\\d\\d)?(?:\\s?[ap]m)?|\\d{1,2}\\s?[ap]m';
const DAY = 'today|yesterday|this morning|last night';
const POINT = `(?:${ISO}|(?:(?:${DAY})(?:,? at| around|,)?\\s+)?(?:${CLOCK})(?:\\s+(?:${DAY}))?|${DAY})`;
const UNIT = 's|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?';
const AMOUNT = `(\\d{1,4}|an?|one|two|three|few|couple of|half an)\\s?(?:of )?(${UNIT})\\b`;

const BETWEEN = new RegExp(`\\b(?:between|from)\\s+(${POINT})\\s*(?:and|to|until|till|-|–)\\s*(${POINT})`, 'i');
const SINCE = new RegExp(`\\b(?:since|after|starting(?: at| from)?|from|as of)\\s+(?:about |around )?(${POINT})`, 'i');
const AT = new RegExp(`\\b(?:at|around|about|on)\\s+(${POINT})`, 'i');
const BARE = new RegExp(`(?<![\\w:-])(${ISO}|${DAY}(?:,? at| around)?(?:\\s+(?:${CLOCK}))?)(?![\\w-])`, 'i');
const FOR = new RegExp(
  `\\b(?:for|since|over|during|within|in)?\\s*(?:the\\s+)?(?:last|past|about|around|at least|more than|over)?\\s*${AMOUNT}(\\s+ago)?`,
  'gi',
);
const HOUR = /\b(?:in |for |over |during )?the (?:last|past) (hour|day|week)\b/i;

const MINUTE = 60_000;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 };
const NUMBERS: Readonly<Record<string, number>> = { a: 1, an: 1, one: 1, two: 2, three: 3, few: 3, 'couple of': 2, 'half an': 0.5 };
/** "At 14:00" means around then. */
const AROUND = 15 * MINUTE;

/** The time that a text speaks of, in UTC; null where it speaks of none. Times of the day without a date lie in the past. */
export function timeWindowOf(text: string, now: Date): Window | null {
  const between = BETWEEN.exec(text);
  if (between !== null) return window(point(between[1], now), point(between[2], now));
  const since = SINCE.exec(text);
  if (since !== null) return window(point(since[1], now), undefined);
  const span = spanOf(text);
  if (span !== undefined) return window(now.getTime() - span, undefined);
  const at = point((AT.exec(text) ?? BARE.exec(text))?.[1], now);
  if (at === undefined) return null;
  const isDay = /^(?:today|yesterday|this morning|last night|\d{4}-\d\d-\d\d)$/i.test((AT.exec(text) ?? BARE.exec(text))?.[1]?.trim() ?? '');
  return isDay ? window(at, Math.min(at + 86_400_000, now.getTime())) : window(at - AROUND, Math.min(at + AROUND, now.getTime()));
}

/** Milliseconds of "for 20 minutes", "2 hours ago", "the last hour". */
function spanOf(text: string): number | undefined {
  const hour = HOUR.exec(text);
  if (hour?.[1] !== undefined) return (SECONDS[hour[1].charAt(0).toLowerCase()] ?? 0) * 1_000;
  for (const [whole, amount = '', unit = '', ago] of text.matchAll(FOR)) {
    // "takes 5 minutes", "every 2 minutes": a duration, not a time.
    if (ago === undefined && !/^\s*(?:for|since|over|during|within|in|the|last|past)\b/i.test(whole)) continue;
    const seconds = SECONDS[unit.charAt(0).toLowerCase()] ?? 0;
    return (NUMBERS[amount.toLowerCase()] ?? Number(amount)) * seconds * 1_000;
  }
  return undefined;
}

function window(from: number | undefined, to: number | undefined): Window | null {
  if (from === undefined && to === undefined) return null;
  const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
  return from !== undefined && to !== undefined && from > to ? { from: iso(to), to: iso(from) } : { from: iso(from), to: iso(to) };
}

function point(text: string | undefined, now: Date): number | undefined {
  if (text === undefined) return undefined;
  const iso = new RegExp(ISO).exec(text)?.[0];
  if (iso !== undefined) {
    const zoned = /\d\d:\d\d/.test(iso) && !/(?:Z|[+-]\d\d:?\d\d)$/.test(iso.slice(10)) ? `${iso}Z` : iso;
    const time = Date.parse(zoned.replace(' ', 'T'));
    return Number.isNaN(time) ? undefined : time;
  }
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  const earlier = /yesterday|last night/i.test(text);
  const day = earlier ? midnight - 86_400_000 : midnight;
  const clock = /(\d{1,2})(?::(\d\d))?(?::\d\d)?\s?([ap]m)?/i.exec(text);
  if (clock === null) return /last night/i.test(text) ? day + 18 * 60 * MINUTE : day;
  const half = clock[3]?.toLowerCase();
  const hours = (Number(clock[1]) % (half === undefined ? 24 : 12)) + (half === 'pm' ? 12 : 0);
  const time = day + (hours * 60 + Number(clock[2] ?? 0)) * MINUTE;
  return time > now.getTime() && !/today/i.test(text) ? time - 86_400_000 : time;
}

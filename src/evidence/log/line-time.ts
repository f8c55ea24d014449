const ISO = /(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;
/** klog: level, month and day, time; the year is not written. */
const KLOG = /^[IWEF](\d\d)(\d\d) (\d\d:\d\d:\d\d)\.(\d{6})/;
/** Access logs: [02/Jan/2026:10:00:00 +0000] */
const ACCESS = /\[(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)\]/;
const EPOCH = /"(?:ts|time|timestamp|t|instant|datetime|@timestamp)"\s*:\s*"?(\d{10}(?:\d{3}|\d{6}|\d{9})?(?:\.\d+)?)(?=[",}\s])/;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Times stand at the front of a line; in JSON a little further on. */
const FRONT = 400;

/** When a line was written, as ISO 8601; without a zone UTC is meant. `readAt` gives the year where the line has none. */
export function lineTime(line: string, readAt: string): string | undefined {
  const front = line.slice(0, FRONT);
  return isoTime(front) ?? klogTime(front, readAt) ?? accessTime(front) ?? epochTime(front);
}

function isoTime(front: string): string | undefined {
  const match = ISO.exec(front);
  if (match === null) return undefined;
  const [, year, month, day, clock, fraction = '0', zone = 'Z'] = match;
  return valid(`${year}-${month}-${day}T${clock}.${fraction.slice(0, 3)}${zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
}

function klogTime(front: string, readAt: string): string | undefined {
  const match = KLOG.exec(front);
  if (match === null) return undefined;
  const [, month, day, clock, micros = ''] = match;
  const read = new Date(readAt);
  const year = Number.isNaN(read.getTime()) ? undefined : read.getUTCFullYear();
  if (year === undefined) return undefined;
  const time = valid(`${year}-${month}-${day}T${clock}.${micros.slice(0, 3)}Z`);
  const tomorrow = read.getTime() + 86_400_000;
  // A December line read in January is of the year before.
  return time !== undefined && Date.parse(time) > tomorrow ? valid(`${year - 1}${time.slice(4)}`) : time;
}

function accessTime(front: string): string | undefined {
  const match = ACCESS.exec(front);
  if (match === null) return undefined;
  const [, day, name = '', year, clock, hours, minutes] = match;
  const month = String(MONTHS.indexOf(name) + 1).padStart(2, '0');
  return valid(`${year}-${month}-${day}T${clock}${hours}:${minutes}`);
}

function epochTime(front: string): string | undefined {
  const digits = EPOCH.exec(front)?.[1];
  if (digits === undefined) return undefined;
  const whole = digits.split('.')[0] ?? '';
  const millis = whole.length === 10 ? Number(digits) * 1_000 : Number(whole) / 10 ** (whole.length - 13);
  return valid(Math.round(millis));
}

function valid(time: string | number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

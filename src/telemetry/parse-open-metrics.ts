import type { MetricSeries } from '../domain/telemetry.ts';

export interface ParsedMetrics {
  readonly series: readonly MetricSeries[];
  readonly problems: readonly string[];
}

interface OpenSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: [number, number][];
  ordered: boolean;
}

const MAX_SAMPLES = 5_000_000;
/** Unix seconds stay below it until the year 5138; Prometheus' own text format counts in milliseconds. */
const SECONDS_BELOW = 1e11;

/** OpenMetrics (or Prometheus text) with a time on every sample -> series with samples in order of time. Comments and exemplars are passed over. */
export function parseOpenMetrics(text: string): ParsedMetrics {
  const series = new Map<string, OpenSeries>();
  const skipped = { unreadable: 0, timeless: 0 };
  const whole = wholeLines(text);
  let samples = 0;
  for (let from = 0; from < whole && samples < MAX_SAMPLES; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? whole : newline;
    if (end > from && text.charCodeAt(from) !== 0x23) samples += takeLine(text.slice(from, end), series, skipped);
    from = end + 1;
  }
  return { series: [...series.values()].map(finished), problems: problemsOf({ ...skipped, torn: whole < text.length }, samples) };
}

/** Every sample ends its line. One that does not was cut, maybe within its time: it is not to be trusted. */
function wholeLines(text: string): number {
  const last = text.lastIndexOf('\n') + 1;
  return last === text.length || text.charCodeAt(last) === 0x23 ? text.length : last;
}

function takeLine(line: string, series: Map<string, OpenSeries>, skipped: { unreadable: number; timeless: number }): number {
  const end = identityEnd(line);
  const [value = '', time] = line
    .slice(end)
    .trim()
    .split(/[ \t]+/, 2);
  const number = numberOf(value);
  const identity = line.slice(0, end);
  if (number === undefined || identity.trim() === '') {
    if (line.trim() !== '') skipped.unreadable++;
    return 0;
  }
  const at = time === undefined || time === '#' ? Number.NaN : Number(time);
  if (Number.isNaN(at)) {
    skipped.timeless++;
    return 0;
  }
  if (Number.isNaN(number)) return 0;
  let open = series.get(identity);
  if (open === undefined) {
    open = opened(identity);
    series.set(identity, open);
  }
  const seconds = at < SECONDS_BELOW ? at : at / 1000;
  const last = open.samples.at(-1);
  if (last !== undefined && last[0] > seconds) open.ordered = false;
  open.samples.push([seconds, number]);
  return 1;
}

/** Where the name and labels of a sample end: behind `}` (which may stand quoted in a label), or at the first blank. */
function identityEnd(line: string): number {
  const brace = line.indexOf('{');
  const blank = line.search(/[ \t]/);
  if (brace < 0 || (blank >= 0 && blank < brace)) return blank < 0 ? line.length : blank;
  let quoted = false;
  for (let index = brace; index < line.length; index++) {
    const code = line.charCodeAt(index);
    if (code === 0x5c) index++;
    else if (code === 0x22) quoted = !quoted;
    else if (code === 0x7d && !quoted) return index + 1;
  }
  return line.length;
}

function numberOf(text: string): number | undefined {
  if (text === '+Inf' || text === 'Inf') return Number.POSITIVE_INFINITY;
  if (text === '-Inf') return Number.NEGATIVE_INFINITY;
  if (text === 'NaN') return Number.NaN;
  const number = Number(text);
  return text === '' || Number.isNaN(number) ? undefined : number;
}

function opened(identity: string): OpenSeries {
  const brace = identity.indexOf('{');
  const name = (brace < 0 ? identity : identity.slice(0, brace)).trim();
  const labels: Record<string, string> = {};
  for (const [, key = '', value = ''] of identity.slice(name.length).matchAll(/([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"/g)) labels[key] = unescaped(value);
  return { name, labels, samples: [], ordered: true };
}

function unescaped(value: string): string {
  return value.includes('\\') ? value.replace(/\\(.)/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped)) : value;
}

function finished({ name, labels, samples, ordered }: OpenSeries): MetricSeries {
  return { name, labels, samples: ordered ? samples : samples.sort(([a], [b]) => a - b) };
}

function problemsOf({ unreadable, timeless, torn }: { unreadable: number; timeless: number; torn: boolean }, samples: number): string[] {
  const problems: string[] = [];
  if (torn) problems.push('it ends in the middle of a line');
  if (unreadable > 0) problems.push(`${unreadable} of its lines are no samples`);
  if (timeless > 0) problems.push(`${timeless} of its samples bear no time and were passed over`);
  if (samples >= MAX_SAMPLES) problems.push(`only its first ${MAX_SAMPLES} samples were read`);
  return problems;
}

import type { LogTemplate } from '../../domain/log-excerpt.ts';

export type Level = LogTemplate['level'];

const WORDS: Readonly<Record<string, Level>> = {
  fatal: 'fatal',
  critical: 'fatal',
  crit: 'fatal',
  panic: 'fatal',
  dpanic: 'fatal',
  emerg: 'fatal',
  emergency: 'fatal',
  alert: 'fatal',
  error: 'error',
  err: 'error',
  eror: 'error',
  severe: 'error',
  fail: 'error',
  warn: 'warn',
  warning: 'warn',
  wrn: 'warn',
  info: 'info',
  inf: 'info',
  information: 'info',
  notice: 'info',
  debug: 'info',
  dbg: 'info',
  verbose: 'info',
  trace: 'info',
  trc: 'info',
  log: 'info',
};

const ORDER: Readonly<Record<Level, number>> = { fatal: 4, error: 3, warn: 2, unknown: 1, info: 0 };

/** Positive where `a` is the worse. */
export function compareLevels(a: Level, b: Level): number {
  return ORDER[a] - ORDER[b];
}

export function isErrorLevel(level: Level): boolean {
  return level === 'fatal' || level === 'error';
}

/** The level of a structured field: a word, a pino or bunyan number (10 to 60), or a syslog severity (0 to 7). */
export function levelOf(value: unknown): Level {
  if (typeof value === 'string') return WORDS[value.trim().toLowerCase()] ?? 'unknown';
  if (typeof value !== 'number') return 'unknown';
  if (value >= 10) return value >= 60 ? 'fatal' : value >= 50 ? 'error' : value >= 40 ? 'warn' : 'info';
  return value <= 2 ? 'fatal' : value === 3 ? 'error' : value === 4 ? 'warn' : 'info';
}

const KLOG = /^([IWEF])\d{4} \d\d:\d\d:\d\d\./;
const KLOG_LEVELS: Readonly<Record<string, Level>> = { I: 'info', W: 'warn', E: 'error', F: 'fatal' };
const FIELD = /(?:^|\s)(?:level|lvl|severity)=["']?([a-z]+)/i;
/** Upper-case words count anywhere in front; lower-case ones only where brackets or a colon near the start make them levels. */
const UPPER =
  /(?:^|[\s[(|<:"'])(FATAL|CRITICAL|CRIT|PANIC|EMERG|ALERT|ERROR|ERR|SEVERE|WARNING|WARN|WRN|NOTICE|INFO|INF|DEBUG|DBG|TRACE|LOG)(?=$|[\s\]):|,>"'])/;
const BRACKETED = /\[(fatal|critical|crit|panic|emerg|alert|error|err|warning|warn|notice|info|debug|trace)\]/i;
const WORD = /^(fatal|critical|panic|error|warning|warn|info|debug|fail|crit):/i;
/** Words before the level: times, program names, ids. */
const PREFIX = /[\]:\d]/;
const PREFIX_WORDS = 3;
const FRONT = 160;

/** The level that a plain line states; unknown where it states none. */
export function lineLevel(line: string): Level {
  const front = line.length > FRONT ? line.slice(0, FRONT) : line;
  const klog = KLOG.exec(front);
  if (klog) return KLOG_LEVELS[klog[1] ?? ''] ?? 'unknown';
  const field = front.includes('=') ? FIELD.exec(front)?.[1] : undefined;
  const word = field ?? UPPER.exec(front)?.[1] ?? (front.includes('[') ? BRACKETED.exec(front)?.[1] : undefined) ?? wordBeforeColon(front);
  return word === undefined ? 'unknown' : (WORDS[word.toLowerCase()] ?? 'unknown');
}

function wordBeforeColon(front: string): string | undefined {
  let start = 0;
  for (let words = 0; words <= PREFIX_WORDS; words += 1) {
    const found = WORD.exec(front.slice(start, start + 10))?.[1];
    if (found !== undefined) return found;
    const end = front.indexOf(' ', start);
    if (end === -1 || !PREFIX.test(front.slice(start, end))) return undefined;
    start = end + 1;
  }
  return undefined;
}

import type { FactText } from '../domain/fact.ts';
import type { ContainerDoc } from '../domain/facts/container.ts';
import type { LogExcerpt, LogLine } from '../domain/log-excerpt.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import { ageSeconds, type FactContext } from './context.ts';

export type LogPart = Omit<ContainerDoc['log'], 'denied_volume' | 'read_only_claim' | 'waits_for_service'>;

/** Error lines of a container in good health count only when they recur and are new: once is what logs are for. */
const RECURS = 3;
const NEW_S = 900;
const MAX_TEXTS = 40;
const TAIL_TEXTS = 10;

const LISTENING =
  /(?:listen(?:ing|s)?|serving|server (?:is )?(?:running|started|ready)|started (?:server|service|on port)|initialized with port|bound|ready to accept)\b/i;
/** Web servers by their own words. Not a bare URL: servers of gRPC write that of themselves, too. */
const HTTP_SERVER = /\d \(https?(?:\/[\d.]+)?\)|\b(?:tomcat|jetty|undertow|uvicorn|gunicorn|werkzeug|puma|express|php-fpm|http server)\b/i;
const ACCESS = /"(?:GET|POST|PUT|DELETE|HEAD|PATCH|OPTIONS) \S+ HTTP\/1\.[01]" \d{3}\b/;
const CLOCK = /\d{1,2}:\d{2}:\d{2}(?:[.,]\d+)?/g;
const PORTS: readonly RegExp[] = [
  /(?:\d+\.\d+\.\d+\.\d+|localhost|\*|\[[0-9a-f:]*\]|::):(\d{2,5})(?!\d|[.:]\d)/gi,
  /\bport(?:\(s\)|s)?[\s=:"]+(\d{2,5})(?!\d)/gi,
  /(?:^|[\s=(]|:")\s?:(\d{2,5})(?!\d|[.:]\d)/g,
];
const LOCAL = /(?:127\.0\.0\.1|localhost|\[::1\]):(\d{2,5})/i;
const ANY = /(?:0\.0\.0\.0|\*|\[::\]|:::)[:\s]*\d{2,5}|\s:\d{2,5}\b|\bport[\s=:"]+\d/i;
const WAITING =
  /(?:waiting|wait)(?: for| until)? (?:the )?(?:service |host |database |db |server )?"?([a-z0-9][a-z0-9.:_-]*[a-z0-9])"?|(?:until|still) (?:nslookup|nc -z|pg_isready)[^;]*? ([a-z0-9][a-z0-9.-]+)/i;

const NOT_COLLECTED: LogPart = {
  collected: false,
  lines: null,
  empty: false,
  fatal: null,
  deepest_cause: null,
  last_error: null,
  language: null,
  listening_ports: [],
  http_ports: [],
  listens_locally: null,
  waits_for: null,
  dependency_errors: 0,
};

/**
 * What a container's mined logs say of it as a whole. `failed`: its last run ended badly, so its
 * last line may be the reason. `declared`: the ports of its specification. */
export function logPart(logs: readonly LogExcerpt[], failed: boolean, declared: readonly number[] = []): LogPart {
  if (logs.length === 0) return NOT_COLLECTED;
  const newest = preferred(logs);
  const lines = logs.flatMap((log) => [...log.tail, ...log.templates.map(({ example, firstLine }) => ({ text: example, number: firstLine }))]);
  const listening = lines.map(({ text }) => text).filter((text) => LISTENING.test(text));
  // Requests that it has answered came to its only port.
  const answering = declared.length === 1 && lines.some(({ text }) => ACCESS.test(text)) ? declared : [];
  const total = logs.reduce((sum, log) => sum + log.lines, 0);
  return {
    collected: true,
    lines: total,
    empty: total === 0,
    fatal: newest?.fatal ? firstLine(newest.fatal.text) : null,
    deepest_cause: newest?.deepestCause ?? null,
    last_error: lastError(newest, failed),
    language: newest?.fatal?.language ?? null,
    listening_ports: [...new Set(listening.flatMap(portsIn))].sort((a, b) => a - b),
    http_ports: [...new Set([...listening.filter((text) => HTTP_SERVER.test(text)).flatMap(portsIn), ...answering])].sort((a, b) => a - b),
    listens_locally: listening.some((text) => ANY.test(text)) ? null : firstLine(listening.find((text) => LOCAL.test(text)) ?? '') || null,
    waits_for: waitsFor(newest),
    dependency_errors: new Set(logs.flatMap(({ endpoints }) => endpoints.filter(({ recovered }) => !recovered).map(({ host }) => host))).size,
  };
}

/** The log that tells most: one with a fatal block, else one with errors, else the present one. */
function preferred(logs: readonly LogExcerpt[]): LogExcerpt | undefined {
  const ordered = [...logs].sort((a, b) => Number(a.previous) - Number(b.previous));
  return ordered.find(({ fatal }) => fatal !== null) ?? ordered.find(({ errors }) => errors.length > 0) ?? ordered.find(({ lines }) => lines > 0) ?? ordered[0];
}

function lastError(log: LogExcerpt | undefined, failed: boolean): string | null {
  if (log === undefined) return null;
  const text = log.deepestCause ?? log.errors.at(-1)?.text ?? (failed ? log.tail.findLast((line) => line.text.trim() !== '')?.text : undefined);
  return text === undefined ? null : text.trim().slice(0, 300);
}

function portsIn(text: string): number[] {
  const timeless = text.replace(CLOCK, '');
  return PORTS.flatMap((pattern) => [...timeless.matchAll(pattern)].map(([, port]) => Number(port))).filter((port) => port > 0 && port < 65536);
}

function waitsFor(log: LogExcerpt | undefined): string | null {
  for (const { text } of log?.tail.slice(-5).reverse() ?? []) {
    const match = WAITING.exec(text);
    if (match) return match[1] ?? match[2] ?? null;
  }
  return null;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]?.trim().slice(0, 300) ?? '';
}

/**
 * A container's log as texts to match, what weighs most first: the deepest cause, the fatal block, error lines from the
 * newest on, and, of a container in trouble, its last lines. In a healthy container only what recurs and is new counts.
 */
export function logTexts(context: FactContext, logs: readonly LogExcerpt[], inTrouble: boolean): FactText[] {
  const ordered = [...logs].sort((a, b) => Number(b.fatal !== null) - Number(a.fatal !== null) || Number(a.previous) - Number(b.previous));
  return ordered.flatMap((log) => textsOf(context, log, inTrouble)).slice(0, MAX_TEXTS);
}

function textsOf(context: FactContext, log: LogExcerpt, inTrouble: boolean): FactText[] {
  const text = (reason: string, line: LogLine, count: number): FactText => {
    const age = ageSeconds(context, line.at);
    return {
      source: 'log',
      reason,
      text: line.text,
      at: line.at ?? null,
      age_s: age,
      count,
      stale: !inTrouble && !(count >= RECURS && isNew(log, line, age)),
      evidence: {
        source: 'log',
        object: podOf(log),
        field_path: log.previous ? 'previous log' : null,
        container: log.container,
        excerpt: line.text,
        observed_at: line.at ?? null,
      },
    };
  };
  const countOf = (line: LogLine): number =>
    log.templates.find((it) => it.example === line.text || it.lastLine === line.number || it.firstLine === line.number)?.count ?? 1;
  const fatal = log.fatal;
  const cause = log.deepestCause;
  const times = log.causes.find((other) => other.text === cause)?.count ?? 1;
  return [
    ...(cause === null ? [] : [text('deepest-cause', { number: fatal?.lastLine ?? log.lines, text: cause, ...atOf(fatal) }, times)]),
    ...(fatal === null ? [] : [text('fatal', { number: fatal.firstLine, text: fatal.text, ...atOf(fatal) }, times)]),
    ...log.causes
      .filter((other) => other.text !== cause)
      .toReversed()
      .map((other) => text('cause', other, other.count)),
    ...log.errors.toReversed().map((line) => text('error', line, countOf(line))),
    ...(inTrouble
      ? log.tail
          .slice(-TAIL_TEXTS)
          .reverse()
          .map((line) => text('tail', line, 1))
      : []),
  ];
}

function atOf(block: { readonly at?: string } | null): { readonly at?: string } {
  return block?.at === undefined ? {} : { at: block.at };
}

function isNew(log: LogExcerpt, line: LogLine, age: number | null): boolean {
  return age === null ? line.number * 2 > log.lines : age <= NEW_S;
}

function podOf(log: LogExcerpt): ObjectRef {
  return objectRef('Pod', log.namespace, log.pod);
}

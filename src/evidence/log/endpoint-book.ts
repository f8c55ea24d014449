import { endpointIn, type NamedEndpoint } from '../../domain/endpoint-in.ts';
import type { LogEndpoint } from '../../domain/log-excerpt.ts';
import { quotesStore } from '../../domain/store-answers.ts';

const MAX_ENDPOINTS = 50;

interface Entry extends NamedEndpoint {
  count: number;
  lastLine: number;
  example: string;
  recovered: boolean;
  readonly mentions: RegExp;
}

/** What software usually listens on a port: "Database connection established" names no host. */
const SOFTWARE: Readonly<Record<number, string>> = {
  5432: 'postgres\\w*|database|db',
  3306: 'mysql|mariadb|database|db',
  1433: 'sql ?server|database|db',
  6379: 'redis|cache',
  27017: 'mongo\\w*|database|db',
  9092: 'kafka|broker',
  5672: 'rabbit\\w*|amqp|broker',
};
const SUCCESS =
  /\b(?:re-?connected|connected|connection (?:\w+ )?(?:established|restored|ok|opened|ready|succeeded|successful)|successfully connected|established connection|is (?:now )?(?:ready|available|reachable|healthy|up)|recovered|succeeded)\b/i;
/** An attempt that failed and was made good in the same breath: "retry 1 of 3: connection refused, succeeded on retry". */
const RETRIED =
  /\b(?:succeeded|successful|worked|ok) (?:on|after|at|with) (?:the )?(?:\w+ )?(?:retry|attempt|try|\d+ (?:retries|attempts|tries))\b|\bretry (?:succeeded|was successful)\b/i;
/** Errors before anybody has answered, and errors that only somebody who was reached can cause. */
const ON_THE_WAY: ReadonlySet<LogEndpoint['error']> = new Set(['unresolvable', 'unreachable', 'refused']);
const REACHED: ReadonlySet<LogEndpoint['error']> = new Set(['tls', 'auth']);
const NEGATED = /\b(?:not|never|dis|un|no longer|cannot|until|waiting)\b/i;

/** The endpoints that a log names, each with what went wrong last and whether it works again. */
export class EndpointBook {
  readonly #entries = new Map<string, Entry>();

  /** A line that may tell of a failed connection. */
  failure(text: string, line: number): void {
    const named = RETRIED.test(text) ? undefined : endpointIn(text);
    if (named === undefined) return;
    if (REACHED.has(named.error)) this.#reached(named);
    const key = `${named.host}:${named.port ?? ''}/${named.error}`;
    const known = this.#entries.get(key);
    if (known) {
      known.count += 1;
      known.lastLine = line;
      known.example = text;
      known.recovered = false;
    } else if (this.#entries.size < MAX_ENDPOINTS) {
      this.#entries.set(key, { ...named, count: 1, lastLine: line, example: text, recovered: false, mentions: mentionsOf(named) });
    }
  }

  /** A line without an error: it may say that what failed before works now. */
  success(text: string): void {
    if (this.#entries.size === 0 || !SUCCESS.test(text) || NEGATED.test(text)) return;
    for (const entry of this.#entries.values()) if (entry.mentions.test(text)) entry.recovered = true;
  }

  /** An error line in which a store speaks: it was reached, so that what failed on the way to it before is over. */
  answer(text: string): void {
    for (const entry of this.#entries.values()) if (!entry.recovered && ON_THE_WAY.has(entry.error)) entry.recovered = quotesStore(text, entry.port);
  }

  #reached({ host, port }: NamedEndpoint): void {
    for (const entry of this.#entries.values()) {
      const same = entry.host === host && (entry.port === port || entry.port === null || port === null);
      if (same && ON_THE_WAY.has(entry.error)) entry.recovered = true;
    }
  }

  /** Most recent last failure first. */
  endpoints(): LogEndpoint[] {
    return [...this.#entries.values()]
      .sort((a, b) => b.lastLine - a.lastLine)
      .map(({ host, port, error, count, lastLine, example, recovered }) => ({ host, port, error, count, lastLine, example, recovered }));
  }
}

function mentionsOf({ host, port }: NamedEndpoint): RegExp {
  const short = /^[\d.]+$/.test(host) || host.includes(':') ? host : (host.split('.')[0] ?? host);
  const software = port === null ? undefined : SOFTWARE[port];
  return new RegExp(`(?<![\\w.])(?:${short.replace(/[^\w]/g, '\\$&')}${software === undefined ? '' : `|${software}`})(?![\\w])`, 'i');
}

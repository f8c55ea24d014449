import { connectionError } from './connection-error.ts';
import type { LogEndpoint } from './log-excerpt.ts';

/** A host that a line says cannot be talked to. */
export interface NamedEndpoint {
  readonly host: string;
  readonly port: number | null;
  readonly error: LogEndpoint['error'];
}

interface EndpointPattern {
  readonly pattern: RegExp;
  /** The line says of itself what went wrong, whatever other words it holds. */
  readonly error?: LogEndpoint['error'];
}

const NAME = '[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?';
const V6 = '\\[[0-9A-Fa-f:.]+\\]';
const HOST = `(?<host>${NAME}|${V6})`;
const PORT = '(?<port>\\d{1,5})';
const row = (source: string, error?: LogEndpoint['error']): EndpointPattern => ({
  pattern: new RegExp(source, 'gi'),
  ...(error === undefined ? {} : { error }),
});

/** From the exact wording of one client to the general; each names the host that was called, not the caller or the DNS server. */
const PATTERNS: readonly EndpointPattern[] = [
  // libpq and psycopg
  row(`connection to server at "${HOST}"(?: \\([^)]*\\))?, port ${PORT} failed`),
  row(`on host "${HOST}"(?: \\([^)]*\\))? and accepting\\s+TCP/IP connections on port ${PORT}`),
  row(`could not translate host name "${HOST}"`, 'unresolvable'),
  // Go: the URL before the address, for a name says more than an IP
  row(`(?:Get|Post|Put|Head|Patch|Delete) \\\\?"[a-z]+://(?:[^/@\\s"]*@)?${HOST}(?::${PORT})?[/?"\\\\]`),
  row(`lookup ${HOST}(?:\\.)? (?:on [^ ]+|: )`, 'unresolvable'),
  row(`lookup ${HOST}: `, 'unresolvable'),
  row(`dial (?:tcp|udp)[46]? ${HOST}:${PORT}`),
  row(`(?:read|write) (?:tcp|udp)[46]? [^ ]+->${HOST}:${PORT}`),
  // Python: requests and urllib3, redis, aiohttp, asyncio, MySQL
  row(`ConnectionPool\\(host='${HOST}', port=${PORT}\\)`),
  row(`Failed to resolve '${HOST}'`, 'unresolvable'),
  row(`Error -?\\d+ (?:while )?connecting to ${HOST}:${PORT}`),
  row(`Cannot connect to host ${HOST}:${PORT}`),
  row(`Connect call failed \\('${HOST}', ${PORT}`),
  row(`(?:connect to|Unknown) MySQL server (?:on|host) '${HOST}(?::${PORT})?'`),
  // Node
  row(`connect E[A-Z]+ ${HOST}:${PORT}`),
  row(`connect E[A-Z]+ (?<host>[0-9a-f:]*::[0-9a-f:]*?):${PORT}(?!\\d)`),
  row(`getaddrinfo (?:ENOTFOUND|EAI_AGAIN|EAI_FAIL) ${HOST}`, 'unresolvable'),
  // Java: name/address pairs, mongo's server descriptions, Kafka
  row(`UnknownHostException: ${HOST}(?=[:\\s]|$)`, 'unresolvable'),
  row(`Connect(?:ion)? to (?:https?://)?${HOST}:${PORT}(?: \\[[^\\]]*\\])? (?:refused|failed|timed out)`),
  row(`node -?\\d+ \\(${HOST}/[^)]*?:${PORT}\\)`),
  row(`(?<!\\w)${HOST}/(?:<unresolved>|\\d+\\.\\d+\\.\\d+\\.\\d+)?:${PORT}`),
  row(`address=${HOST}:${PORT}`),
  // nc's address stands in brackets, as .NET's
  row(`nc: ${HOST} \\([^)]*?:${PORT}\\)`),
  // .NET
  row(`\\(${HOST}:${PORT}\\)`),
  row(`UnableToConnect on ${HOST}:${PORT}`),
  // gRPC
  row(`DNS resolution failed for (?:dns:/*)?${HOST}(?::${PORT})?`, 'unresolvable'),
  row(`Name resolution failed for target (?:dns:/*)?${HOST}(?::${PORT})?`, 'unresolvable'),
  row(`ipv4:(?:%?)${HOST}:${PORT}`),
  // curl, wget, nc, shell
  row(`Could ?n[o']t resolve host(?: name)?:? '?${HOST}`, 'unresolvable'),
  row(`Failed to connect to ${HOST} (?:\\([^)]*\\) )?port ${PORT}`),
  row(`can't connect to remote host \\(${HOST}\\)`),
  row(`bad address '${HOST}(?::${PORT})?/?[^']*'`, 'unresolvable'),
  row(`/dev/tcp/${HOST}/${PORT}`),
  // nginx: the upstream, never the client or the Host header
  row(`host not found in upstream "${HOST}(?::${PORT})?`, 'unresolvable'),
  row(`upstream: "[a-z]+://${HOST}(?::${PORT})?[/"]`),
  row(`(?:^|[\\s*"])${HOST} could not be resolved`, 'unresolvable'),
  // Client-side load balancing over a registry: Spring Cloud, Ribbon, Dubbo
  row(`(?:instances? available|find (?:an )?instance) for (?:the )?(?:service |client |app )?["']?${HOST}`, 'unregistered'),
  row(`(?:instance|server) for (?:the )?(?:service|client):? ["']?${HOST}`, 'unregistered'),
  row(`No provider available (?:for|from)(?: the)? service ["']?${HOST}`, 'unregistered'),
  // Ruby, PHP
  row(`connect\\(2\\) for "?${HOST}"? port ${PORT}`, 'refused'),
  row(`getaddrinfo for ${HOST} failed`, 'unresolvable'),
  // Rust
  row(`error sending request for url \\([a-z]+://${HOST}(?::${PORT})?/`),
  // Anything that carries an address
  row(`[a-z][a-z0-9+.-]*://(?:[^/@\\s"']*@)?${HOST}(?::${PORT})?(?=[/?#\\s"'\\]),;]|$)`),
  row(`\\bhost[=:]\\s?["']?${HOST}["']?[,;\\s]+(?:.{0,40}?)port[=:]\\s?["']?${PORT}`),
  row(`(?<![\\w.:/-])${HOST}:${PORT}(?!\\w|:\\d|\\.\\d)`),
];

/** Looks like host:port and is a place in source code, a version or a time. */
const NOT_A_HOST =
  /\.(?:go|java|py|js|mjs|cjs|ts|tsx|rb|rs|cs|php|kt|scala|c|cc|cpp|h|lua|sh)$|^\d+$|^0\.0\.0\.0$|^(?:line|port|code|status|node|errno|error|level|time|id|pid|at|http|https|tcp|udp|internal|sha256)$/i;

/** The host that a line says cannot be talked to, and what went wrong. Undefined where it names none. */
export function endpointIn(text: string): NamedEndpoint | undefined {
  const general = connectionError(text);
  if (general === undefined) return undefined;
  for (const { pattern, error = general } of PATTERNS) {
    // The first may be the place in the source that wrote the line.
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
      const named = endpointOf(text, match);
      if (named !== undefined) return { ...named, host: nameBeside(text, named) ?? named.host, error };
    }
  }
  return undefined;
}

function endpointOf(text: string, { groups, index }: RegExpExecArray): Omit<NamedEndpoint, 'error'> | undefined {
  if (isReading(text, index)) return undefined;
  const host = groups?.['host']?.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const port = groups?.['port'] === undefined ? null : Number(groups['port']);
  if (host === undefined || NOT_A_HOST.test(host) || (port !== null && (port < 1 || port > 65_535))) return undefined;
  return { host: host.toLowerCase(), port: port ?? portOfScheme(text, host) };
}

const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const NAMED = new RegExp(`(?<![\\w.:/@-])(?<host>[A-Za-z](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z][A-Za-z0-9-]*)*):${PORT}(?![\\w.:])`, 'g');

/** The name for which a line gives the same port as for an address: the one that was looked up, which says more. */
function nameBeside(text: string, { host, port }: Omit<NamedEndpoint, 'error'>): string | undefined {
  if (port === null || !ADDRESS.test(host)) return undefined;
  const names = [...text.matchAll(NAMED)].flatMap(({ groups }) => (Number(groups?.['port']) === port ? (groups?.['host']?.toLowerCase() ?? []) : []));
  const possible = new Set(names.filter((name) => !NOT_A_HOST.test(name)));
  return possible.size === 1 ? [...possible][0] : undefined;
}

/** A link to an explanation is no endpoint: "see https://…", "take a look at this article: https://…". */
function isReading(text: string, at: number): boolean {
  return (
    /^[a-z]+:\/\//i.test(text.slice(at, at + 12)) &&
    /\b(?:see|visit|refer to|article|docs?|documentation|information|details|help)\b[^:]{0,80}:?\s*$/i.test(text.slice(Math.max(0, at - 120), at))
  );
}

const SCHEME_PORTS: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  redis: 6379,
  amqp: 5672,
  mongodb: 27017,
};

/** A URL without a port means its scheme's; but clients that ask a service registry write `http://name/` whatever the port is. */
function portOfScheme(text: string, host: string): number | null {
  const before = text.slice(0, text.indexOf(host));
  const scheme = /([a-z][a-z0-9+]*):\/\/[^/\s]*$/i.exec(before)?.[1]?.toLowerCase();
  if (scheme?.startsWith('http') && !host.includes('.')) return null;
  return SCHEME_PORTS[scheme ?? ''] ?? null;
}

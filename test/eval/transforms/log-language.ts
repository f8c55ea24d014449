import { type Dump, mapLogs } from './dump.ts';

/** How a language's usual logger and clients say the same. */
interface Language {
  line(at: string, level: string, message: string): string;
  refused(host: string, port: string): string;
  unknownHost(host: string): string;
  cacheUnreachable(host: string, port: string): string;
}

const LANGUAGES = {
  java: {
    line: (at, level, message) =>
      `${at.replace('T', ' ').slice(0, 23)} ${level.toUpperCase().padStart(5)} 1 --- [nio-8080-exec-3] o.example.web.RequestHandler            : ${message}`,
    refused: (host, port) =>
      `I/O error on GET request for "http://${host}:${port}/api/v1": Connection refused (Connection refused); nested exception is java.net.ConnectException: Connection refused (Connection refused)`,
    unknownHost: (host) => `I/O error on GET request for "http://${host}/api/v1": ${host}; nested exception is java.net.UnknownHostException: ${host}`,
    cacheUnreachable: (host, port) => `io.lettuce.core.RedisConnectionException: Unable to connect to ${host}/<unresolved>:${port}`,
  },
  python: {
    line: (at, level, message) => `${at.replace('T', ' ').slice(0, 19)},123 - app.handlers - ${level.toUpperCase()} - ${message}`,
    refused: (host, port) =>
      `HTTPConnectionPool(host='${host}', port=${port}): Max retries exceeded with url: /api/v1 (Caused by NewConnectionError('<urllib3.connection.HTTPConnection object at 0x7f1d>: Failed to establish a new connection: [Errno 111] Connection refused'))`,
    unknownHost: (host) =>
      `HTTPConnectionPool(host='${host}', port=80): Max retries exceeded with url: /api/v1 (Caused by NameResolutionError("<urllib3.connection.HTTPConnection object at 0x7f1d>: Failed to resolve '${host}' ([Errno -2] Name or service not known)"))`,
    cacheUnreachable: (host, port) => `redis.exceptions.ConnectionError: Error 111 connecting to ${host}:${port}. Connection refused.`,
  },
  node: {
    line: (at, level, message) => JSON.stringify({ level: level === 'error' ? 50 : 30, time: Date.parse(at), pid: 1, hostname: 'app', msg: message }),
    refused: (host, port) => `connect ECONNREFUSED ${host}:${port}`,
    unknownHost: (host) => `getaddrinfo ENOTFOUND ${host}`,
    cacheUnreachable: (host, port) => `[ioredis] Unhandled error event: Error: connect ECONNREFUSED ${host}:${port}`,
  },
  dotnet: {
    line: (_at, level, message) => `${level === 'error' ? 'fail' : 'info'}: Example.Web.RequestHandler[0]\n      ${message}`,
    refused: (host, port) =>
      `System.Net.Http.HttpRequestException: Connection refused (${host}:${port})\n ---> System.Net.Sockets.SocketException (111): Connection refused\n   at System.Net.Sockets.Socket.AwaitableSocketAsyncEventArgs.ThrowException(SocketError error, CancellationToken cancellationToken)`,
    unknownHost: (host) =>
      `System.Net.Http.HttpRequestException: Name or service not known (${host}:80)\n ---> System.Net.Sockets.SocketException (0xFFFDFFFF): Name or service not known`,
    cacheUnreachable: (host, port) => `StackExchange.Redis.RedisConnectionException: UnableToConnect on ${host}:${port}/Interactive, Initializing/NotStarted`,
  },
  go: {
    line: (at, level, message) => `time="${at}" level=${level} msg=${JSON.stringify(message)}`,
    refused: (host, port) => `dial tcp ${host}:${port}: connect: connection refused`,
    unknownHost: (host) => `dial tcp: lookup ${host} on 10.96.0.10:53: no such host`,
    cacheUnreachable: (host, port) => `dial tcp ${host}:${port}: i/o timeout`,
  },
} satisfies Record<string, Language>;

/** All logs as an application in another language writes them: its layout, and its words for the failed calls. */
export function logsIn(name: keyof typeof LANGUAGES): (dump: Dump) => Dump {
  const language: Language = LANGUAGES[name];
  return (dump) =>
    mapLogs(dump, (text) =>
      text
        .split('\n')
        .map((line) => restyle(line, language))
        .join('\n'),
    );
}

function restyle(line: string, language: Language): string {
  const said = translate(line, language);
  // A kubelet's time stamp before the line stays.
  const [, stamp = '', rest = said] = /^(20\d\d-\S+\s)(\{.*)$/.exec(said) ?? [];
  if (!rest.startsWith('{')) return said;
  try {
    const { message = '', msg = '', error = '', severity = 'info', timestamp = '2026-01-01T00:00:00.000Z' } = JSON.parse(rest) as Record<string, string>;
    const words = [message || msg, error].filter((part) => part !== '').join(': ');
    return `${stamp}${language.line(`${timestamp}`, `${severity}`.toLowerCase(), words)}`;
  } catch {
    return said;
  }
}

function translate(line: string, language: Language): string {
  return line
    .replace(
      /(?:connection error: desc = \\?"transport: Error while dialing: )?dial tcp ([\w.-]+):(\d+): connect: connection refused(?:\\")?/g,
      (_, host: string, port: string) => quoted(line, language.refused(host, port)),
    )
    .replace(
      /(?:connection error: desc = \\?"transport: Error while dialing: )?dial tcp: lookup ([\w.-]+)(?: on [\d.]+:53)?: no such host(?:\\")?/g,
      (_, host: string) => quoted(line, language.unknownHost(host)),
    )
    .replace(/StackExchange\.Redis\.RedisConnectionException: UnableToConnect on ([\w.-]+):(\d+)\/Interactive[^']*/g, (_, host: string, port: string) =>
      quoted(line, language.cacheUnreachable(host, port)),
    );
}

/** Inside a JSON line the words are escaped. */
function quoted(line: string, words: string): string {
  return /^(20\S+\s)?\{/.test(line) ? JSON.stringify(words).slice(1, -1) : words;
}

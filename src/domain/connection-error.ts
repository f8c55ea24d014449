import type { LogEndpoint } from './log-excerpt.ts';

type ConnectionError = LogEndpoint['error'];

/** One row a way in which a connection fails, as clients of all languages word it. The first row that matches is taken. */
const CONNECTION_ERRORS: readonly (readonly [ConnectionError, RegExp])[] = [
  [
    'auth',
    /password authentication failed|access denied for user|WRONGPASS|NOAUTH|authentication failed|401 unauthorized|invalid (?:username|credentials|password)|no pg_hba\.conf entry|login failed for user ['"]|ACCESS_REFUSED|SASL .*fail/i,
  ],
  [
    'unresolvable',
    /no such host|ENOTFOUND|EAI_AGAIN|name or service not known|could(?:n't| not) (?:be )?(?:resolve|translate)|temporary failure in name resolution|name resolution|UnknownHost|unknown (?:mysql server )?host|nodename nor servname|NXDOMAIN|name does not resolve|bad address|server misbehaving|failed to (?:lookup address|resolve)|host not found|no address associated|DNS resolution failed|dial \w+: lookup|can't resolve|not known \(/i,
  ],
  [
    'unregistered',
    /no (?:available )?(?:service )?instances? available for|unable to find (?:an )?instance for|load ?balancer does not (?:contain|have) (?:an )?(?:available )?(?:instance|server)|no available server for client|no provider available (?:for|from)/i,
  ],
  [
    'tls',
    /x509:|certificate (?:verify|has expired|signed by|is not valid|required|unknown|is not trusted)|SSL routines|SSLHandshake|SSLError|PKIX path|self.signed certificate|unable to (?:verify the first|get local issuer) certificate|CERT_|wrong[_ ]version[_ ]number|server gave HTTP response to HTTPS client|plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|unrecognized SSL message|remote error: tls|tls: (?:failed|bad|first|unknown|protocol)|first record does not look like a TLS/i,
  ],
  [
    'refused',
    /connection refused|ECONNREFUSED|actively refused|connect call failed|errno 111|\(111\)|os error 111|ConnectionRefused|refused\. check that|couldn't connect to server|connect\(2\)/i,
  ],
  ['unreachable', /no route to host|EHOSTUNREACH|ENETUNREACH|network (?:is )?unreachable|host (?:is )?unreachable/i],
  [
    'timeout',
    // Not the setting: "connect timeout 30s", "timeout=5".
    /timed[ -]?out|ETIMEDOUT|deadline exceeded|DeadlineExceeded|i\/o timeout|TimeoutE(?:rror|xception)|timeout (?:expired|exceeded|of \d+ ?ms exceeded|while|waiting|connecting|awaiting)|(?:connect|connection|read|request|dial|handshake|gateway|acquire|socket) timeout(?!\s*(?:[=:]|of\b|is\b|set\b|to\b|\d))/i,
  ],
  [
    'reset',
    /reset by peer|ECONNRESET|broken pipe|EPIPE|unexpected EOF|: EOF$|connection aborted|socket hang up|RemoteDisconnected|closed (?:the connection )?unexpectedly|closed by (?:the )?(?:remote|peer|server)|connection reset/i,
  ],
  [
    'unavailable',
    /\b50[234]\b|unavailable|no (?:healthy|live) upstream|upstream connect error|broker may not be available|not available|UnableToConnect|could not be established|cannot connect|can't connect|could not connect|unable to connect|failed to connect|connection failure|no connection established/i,
  ],
];

/** How a line says that a connection failed; undefined where it says no such thing. */
export function connectionError(text: string): ConnectionError | undefined {
  return CONNECTION_ERRORS.find(([, pattern]) => pattern.test(text))?.[0];
}

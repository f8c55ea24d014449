import type { LogEndpoint } from '../../domain/log-excerpt.ts';

type ConnectionError = LogEndpoint['error'];

/** One row a way in which a connection fails, as clients of all languages word it. The first row that matches is taken. */
const CONNECTION_ERRORS: readonly (readonly [ConnectionError, RegExp])[] = [
  [
    'auth',
    /password authentication failed|access denied for user|WRONGPASS|NOAUTH|authentication failed|401 unauthorized|invalid (?:username|credentials|password)|no pg_hba\.conf entry|login failed for user|ACCESS_REFUSED|SASL .*fail/i,
  ],
  [
    'unresolvable',
    /no such host|ENOTFOUND|EAI_AGAIN|name or service not known|could(?:n't| not) (?:be )?(?:resolve|translate)|temporary failure in name resolution|name resolution|UnknownHost|unknown (?:mysql server )?host|nodename nor servname|NXDOMAIN|name does not resolve|bad address|server misbehaving|failed to (?:lookup address|resolve)|host not found|no address associated|DNS resolution failed|dial \w+: lookup|can't resolve|not known \(/i,
  ],
  [
    'tls',
    /x509:|certificate (?:verify|has expired|signed by|is not valid|required|unknown|is not trusted)|SSL routines|SSLHandshake|SSLError|PKIX path|self.signed certificate|unable to (?:verify the first|get local issuer) certificate|CERT_|wrong version number|remote error: tls|tls: (?:failed|bad|first|unknown|protocol)|first record does not look like a TLS/i,
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

/** Rules nearly every line out before the rows above are tried one by one. */
const CONNECTION_HINT =
  /refused|resol|no such host|known|ENOTFOUND|EAI_|ECONN|EPIPE|EOF|UNREACH|unreach|[Tt]ime-?d?[ -]?[Oo]ut|ETIMEDOUT|deadline|Deadline|reset|broken pipe|[Cc]losed|hang up|RemoteDis|abort|x509|ertificate|SSL|PKIX|CERT_|tls|TLS|version number|[Aa]uth|denied|WRONGPASS|credential|password|\b50[234]\b|navail|UNAVAIL|upstream|onnect|CONNECT|no route|misbehav|bad address|host not found|NXDOMAIN|[Uu]nknown|lookup|111/;

export function mayTellOfConnection(text: string): boolean {
  return CONNECTION_HINT.test(text);
}

/** What an error looks like where no level says so: the name of an exception, or the words that programs fail with. */
const ERROR_SHAPE =
  /\b(?:[A-Za-z_$][\w.$]*(?:Error|Exception)|[Ee]rror|ERROR|[Ff]atal|FATAL|[Pp]anic|[Ff]ailed|FAILED|[Ff]ailure|[Rr]efused|[Dd]enied|[Cc]annot|[Uu]nable to|could not|[Tt]imed out|not found|[Nn]o such|[Uu]nreachable|[Ii]nvalid|[Mm]issing|undefined|[Uu]nhandled|[Uu]ncaught|aborted|[Kk]illed|Segmentation fault|core dumped|exec format|No space left|OOM|ENO[A-Z]+|E[A-Z]{4,})\b/;
/** Says that all is well: "0 errors", "no error", "error: null", "errors=0". */
const NO_ERROR =
  /\b(?:0|no|without|zero) (?:errors?|failures?|failed)\b|\b(?:errors?|failed|failures?)["']?\s?[=:]\s?(?:0|null|none|nil|false|\[\]|"")(?=$|[\s,;})])/i;

/** True when the words alone, whatever the level, tell of an error. */
export function hasErrorShape(text: string): boolean {
  return ERROR_SHAPE.test(text) && !NO_ERROR.test(text);
}

/** Words that end programs even when they are written below the level of an error. */
const STRONG_SHAPE =
  /connection refused|ECONNREFUSED|no such host|ENOTFOUND|panic:|[A-Za-z]\w*Exception\b|Traceback \(most|OutOfMemory|heap out of memory|No space left|password authentication failed|exec format error|address already in use|EADDRINUSE/;

export function hasStrongErrorShape(text: string): boolean {
  return STRONG_SHAPE.test(text) && !NO_ERROR.test(text);
}

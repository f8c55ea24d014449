/** Rules nearly every line out before the rows of connection-error.ts are tried one by one. */
const CONNECTION_HINT =
  /refused|resol|no such host|known|ENOTFOUND|EAI_|ECONN|EPIPE|EOF|UNREACH|unreach|[Tt]ime-?d?[ -]?[Oo]ut|ETIMEDOUT|deadline|Deadline|reset|broken pipe|[Cc]losed|hang up|RemoteDis|abort|x509|ertificate|SSL|PKIX|CERT_|tls|TLS|version number|[Aa]uth|denied|WRONGPASS|credential|password|\b50[234]\b|navail|UNAVAIL|upstream|onnect|CONNECT|no route|misbehav|bad address|host not found|NXDOMAIN|[Uu]nknown|lookup|111|nstances? available|available server|for (?:the )?(?:service|client)|provider available/;

export function mayTellOfConnection(text: string): boolean {
  return CONNECTION_HINT.test(text);
}

/** What an error looks like where no level says so: the name of an exception, or the words that programs fail with. */
const ERROR_SHAPE =
  /[\w.$](?:Error|Exception)\b|\b(?:[Ee]rror|ERROR|[Ff]atal|FATAL|[Pp]anic|[Ff]ailed|FAILED|[Ff]ailure|[Rr]efused|[Dd]enied|[Cc]annot|[Uu]nable to|could not|[Tt]imed out|not found|does not exist|doesn't exist|[Nn]o such|[Uu]nreachable|[Ii]nvalid|[Uu]nknown (?:flag|option|command|argument|shorthand)s?|provided but not defined|(?:illegal|bad) option|arguments are required|[Uu]nrecogni[sz]ed|[Mm]issing|undefined|[Uu]nhandled|[Uu]ncaught|aborted|[Kk]illed|Segmentation fault|core dumped|exec format|No space left|OOM|ENO[A-Z]+|E[A-Z]{4,})\b/;
/** Says that all is well: "0 errors", "no error", "error: null", "errors=0". */
const NO_ERROR =
  /\b(?:0|no|without|zero) (?:errors?|failures?|failed)\b|\b(?:errors?|failed|failures?)["']?\s?[=:]\s?(?:0|null|none|nil|false|\[\]|"")(?=$|[\s,;})])/i;

/** True when the words alone, whatever the level, tell of an error. */
export function hasErrorShape(text: string): boolean {
  return ERROR_SHAPE.test(text) && !NO_ERROR.test(text);
}

/** Words that end programs even when they are written below the level of an error. */
const STRONG_SHAPE =
  /connection refused|ECONNREFUSED|no such host|ENOTFOUND|panic:|\wException\b|Traceback \(most|OutOfMemory|heap out of memory|No space left|password authentication failed|exec format error|address already in use|EADDRINUSE|terminated by signal (?:4|6|7|9|11)\b/;

export function hasStrongErrorShape(text: string): boolean {
  return STRONG_SHAPE.test(text) && !NO_ERROR.test(text);
}

/** A host somebody wrote down, with what stood beside it. */
export interface Address {
  readonly host: string;
  readonly port: number | null;
  /** `postgres` of postgres://…, `mysql` of jdbc:mysql://…; null where none is written. */
  readonly scheme: string | null;
}

const NAME = '[a-zA-Z0-9](?:[a-zA-Z0-9_-]{0,62}[a-zA-Z0-9])?';
const HOST_PORT = new RegExp(`^(?:\\[([0-9a-fA-F:]+)\\]|(${NAME}(?:\\.${NAME})*)\\.?)(?::(\\d{1,5}))?$`);
const SCHEME = /(?:jdbc:)?([a-z][a-z0-9+.-]{0,30}):\/\//gi;

/** `host`, `host:port` or `[v6]:port`, and nothing else. */
export function parseHostPort(text: string, scheme: string | null = null): Address | undefined {
  const match = HOST_PORT.exec(text);
  const host = match?.[1] ?? match?.[2];
  if (match === null || host === undefined) return undefined;
  const port = match[3] === undefined ? null : Number(match[3]);
  if (port !== null && (port < 1 || port > 65535)) return undefined;
  // `12:30` is a time and `8080` a port; an address in digits is a whole IPv4 address.
  if (!/[a-zA-Z]/.test(host) && !/^\d{1,3}(\.\d{1,3}){3}$/.test(host) && match[1] === undefined) return undefined;
  return { host: host.toLowerCase(), port, scheme };
}

/** Hosts of every URL, JDBC string and driver DSN in the text. User names and passwords are skipped, never kept. */
export function addressesInUrls(text: string): Address[] {
  const found: Address[] = [];
  // Most values of most settings are no URL, and the pattern is slow to find that out.
  if (!text.includes('://') && !text.includes('@')) return found;
  for (const match of text.matchAll(SCHEME)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 512);
    const authority = /^[^\s/?#;"'<>`\\)}\]]*(?:\][^\s/?#;"'<>`\\)}]*)?/.exec(rest)?.[0] ?? '';
    const scheme = (match[1] ?? '').toLowerCase();
    for (const part of authority.slice(authority.lastIndexOf('@') + 1).split(',')) push(found, parseHostPort(part, scheme));
  }
  // go-sql-driver: user:password@tcp(host:port)/database
  for (const match of text.matchAll(/@tcp6?\(([^)\s]{1,255})\)/g)) push(found, parseHostPort(match[1] ?? '', 'mysql'));
  for (const match of text.matchAll(/jdbc:oracle:thin:[^@\s]{0,128}@([a-zA-Z0-9.-]{1,255}:\d{1,5})/g)) push(found, parseHostPort(match[1] ?? '', 'oracle'));
  return found;
}

/** `host=db port=5432 …` of libpq, `Server=db,1433;…` of ADO.NET. */
export function addressInKeywords(text: string): Address | undefined {
  const host = /(?:^|[\s;])(?:host|hostname|server|data source|address|addr)\s*=\s*(?:tcp:)?([a-zA-Z0-9._-]{1,255})(?:[,:](\d{1,5}))?(?=$|[\s;])/i.exec(text);
  if (host === null || !/[\s;=].*=/.test(text)) return undefined;
  const port = host[2] ?? /(?:^|[\s;])port\s*=\s*(\d{1,5})(?=$|[\s;])/i.exec(text)?.[1];
  return parseHostPort(port === undefined ? (host[1] ?? '') : `${host[1]}:${port}`);
}

/** Full names of Services (`name.namespace.svc…`) anywhere in a text. */
export function serviceNamesIn(text: string): Address[] {
  const found: Address[] = [];
  for (const match of text.matchAll(/(?<![\w./@-])((?:[a-z0-9-]{1,63}\.){2,3}svc(?:\.[a-z0-9-]{1,63})*)(?::(\d{1,5}))?/g)) {
    push(found, parseHostPort(match[2] === undefined ? (match[1] ?? '') : `${match[1]}:${match[2]}`));
  }
  return found;
}

function push(found: Address[], address: Address | undefined): void {
  if (address !== undefined) found.push(address);
}

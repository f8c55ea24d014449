import { readFileSync } from 'node:fs';
import type { PoolConfig } from 'pg';
import { coded } from '../../errors/coded-error.ts';
import { isLoopback } from '../../net/server-url.ts';

export interface PostgresAddress {
  readonly config: PoolConfig;
  /** Where it is, without a password; for people. */
  readonly label: string;
}

const KNOWN = new Set(['host', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey']);

/**
 * A URL as libpq writes it (https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-CONNSTRING); what it does not say comes from
 * PGUSER, PGPASSWORD, PGPASSFILE and PGDATABASE. Off this machine TLS with a certificate that is checked is used, unless the host is
 * named as one that may be spoken to without. Throws SETTINGS_INVALID.
 */
export function postgresAddress(text: string, insecureHosts: readonly string[]): PostgresAddress {
  const url = URL.parse(text.replace(/^(\w+:\/\/[^/?]*@)(?=\/)/, '$1localhost'));
  const problem = (what: string): never => {
    throw coded('SETTINGS_INVALID', { problems: [`--store: ${what}`] });
  };
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) return problem('an address like postgres://user@host/database is needed');
  const { searchParams: given } = url;
  for (const name of given.keys()) if (!KNOWN.has(name)) problem(`${name} is not understood; ${[...KNOWN].join(', ')} are`);
  const socket = given.get('host');
  const host = socket ?? (url.hostname.replace(/^\[|\]$/g, '') || 'localhost');
  const mode = given.get('sslmode') ?? undefined;
  if (mode !== undefined && !['disable', 'require', 'verify-full'].includes(mode)) problem('sslmode is disable, require or verify-full');
  const staysHere = host.startsWith('/') || isLoopback(host);
  const mayBeOpen = staysHere || insecureHosts.some((name) => name.toLowerCase() === host.toLowerCase());
  if (mode === 'disable' && !mayBeOpen) problem(`without TLS everybody on the way reads along: leave sslmode out, or allow it with --insecure-http ${host}`);
  const database = decodeURIComponent(url.pathname.slice(1));
  return {
    label: `postgres://${host}${url.port === '' ? '' : `:${url.port}`}/${database}`,
    config: {
      host,
      ...(url.port === '' ? {} : { port: Number(url.port) }),
      ...(database === '' ? {} : { database }),
      ...(url.username === '' ? {} : { user: decodeURIComponent(url.username) }),
      ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
      ...((mode ?? (mayBeOpen ? 'disable' : 'verify-full')) === 'disable' ? {} : { ssl: tlsOf(given, problem) }),
    },
  };
}

function tlsOf(given: URLSearchParams, problem: (what: string) => never): object {
  const files = { ca: given.get('sslrootcert'), cert: given.get('sslcert'), key: given.get('sslkey') };
  const read = Object.entries(files).flatMap(([name, path]) => {
    if (path === null) return [];
    try {
      return [[name, readFileSync(path, 'utf8')]];
    } catch (error) {
      return problem(`${path} cannot be read: ${(error as Error).message}`);
    }
  });
  return { rejectUnauthorized: true, ...Object.fromEntries(read) };
}

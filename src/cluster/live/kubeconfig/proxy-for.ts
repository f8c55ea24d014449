import { BlockList, isIP } from 'node:net';

/** The proxy that HTTPS_PROXY, HTTP_PROXY and NO_PROXY ask for, as Go's net/http (and so kubectl) reads them. */
export function proxyFor(server: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const proxy = protocol === 'https:' ? env['HTTPS_PROXY'] || env['https_proxy'] : env['HTTP_PROXY'] || env['http_proxy'];
  if (!proxy || isLoopback(host)) return undefined;
  const exceptions = (env['NO_PROXY'] || env['no_proxy'] || '').split(',').map((entry) => entry.trim().toLowerCase());
  if (exceptions.some((entry) => entry !== '' && excepts(entry, host, port || (protocol === 'https:' ? '443' : '80')))) return undefined;
  return proxy.includes('://') ? proxy : `http://${proxy}`;
}

const SCHEMES = ['http:', 'https:', 'socks5:', 'socks5h:'];

/** What keeps an address from being a proxy; without the address, which may hold a password. */
export function proxyProblem(proxyUrl: string): string | undefined {
  if (!URL.canParse(proxyUrl)) return 'is no address';
  const { protocol, hostname } = new URL(proxyUrl);
  if (!SCHEMES.includes(protocol)) return `has the scheme ${protocol.replace(':', '')}, which is none of http, https and socks5`;
  return hostname === '' ? 'names no host' : undefined;
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** An entry is `*`, an address, a range (10.0.0.0/8), a domain with all below it, or `.domain` for only what is below it; a port may follow. */
function excepts(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true;
  const [, range, bits] = /^(.+)\/(\d+)$/.exec(entry) ?? [];
  if (range !== undefined) return inRange(host, range, Number(bits));
  const [, name = entry, onlyPort] = isIP(entry) ? [] : (/^\[?(.+?)\]?:(\d+)$/.exec(entry) ?? []);
  if (onlyPort !== undefined && onlyPort !== port) return false;
  return name.startsWith('.') ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function inRange(host: string, range: string, bits: number): boolean {
  const family = isIP(range) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(range) === 0 || isIP(host) !== isIP(range) || bits > (family === 'ipv6' ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(range, bits, family);
  return list.check(host, family);
}

import { isIPv6 } from 'node:net';

export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** `127.0.0.1:8080`, `[::1]:8080`, `:8080`, `8080`; undefined where it is none. */
export function listenAddress(text: string): ListenAddress | undefined {
  const [, host = '', port = ''] = /^(?:(.*):)?(\d{1,5})$/.exec(text) ?? [];
  if (port === '' || Number(port) > 65_535) return undefined;
  return { host: host.replace(/^\[|\]$/g, '') || '127.0.0.1', port: Number(port) };
}

/** Whether nobody but this machine can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || /^127(?:\.\d{1,3}){3}$/.test(host) || (isIPv6(host) && host === '::1');
}

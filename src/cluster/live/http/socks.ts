import { once } from 'node:events';
import type { Agent } from 'node:http';
import { isIP, type Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { SocksClient } from 'socks';
import { reasonOf } from '../../../net/reason-of.ts';

type CreateConnection = NonNullable<Agent['createConnection']>;

const DEFAULT_PORT = 1080;
/** What the library says, in words of what is to be looked at. */
const SAID: Readonly<Record<string, string>> = {
  'Socks5 Authentication failed': 'it refuses the user or the password',
  'Proxy connection timed out': 'no answer in time',
  'Socket closed': 'it closed the connection',
};
const REFUSED: readonly (readonly [RegExp, string])[] = [
  [/no accepted authentication type/, 'it wants a user and a password, or takes none'],
  [/rejected connection - NotAllowed/, 'its rules do not allow the connection'],
  [/rejected connection - ConnectionRefused/, 'the connection from it to the API server is refused'],
  [/rejected connection - (?:Host|Network)Unreachable/, 'there is no way from it to the API server'],
  [/rejected connection - TTLExpired/, 'the API server does not answer it in time'],
];

/** Connections as an agent makes them, but through a SOCKS proxy. */
export function connectionsThrough(proxyUrl: string, isTls: boolean, timeoutMs: number): CreateConnection {
  const proxy = new URL(proxyUrl);
  return (options, done) => {
    const { host = '', port, servername } = options as { host?: string; port?: number | string; servername?: string };
    const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
    connectThrough(proxy, target, timeoutMs)
      .then((socket): Promise<Socket> | Socket =>
        isTls ? secured(socket, { ...options, servername: servername ?? serverName(target.host) }, timeoutMs) : socket,
      )
      .then(
        (socket) => done?.(null, socket),
        (error: Error) => done?.(error, undefined as never),
      );
    return undefined;
  };
}

/** Names are left to the proxy, as kubectl does: inside its network they may mean more than here. */
async function connectThrough(proxy: URL, destination: { host: string; port: number }, timeout: number): Promise<Socket> {
  const { username, password, hostname, port } = proxy;
  const login = username === '' ? {} : { userId: decodeURIComponent(username), password: decodeURIComponent(password) };
  const at = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || DEFAULT_PORT };
  try {
    return (await SocksClient.createConnection({ proxy: { ...at, type: 5, ...login }, command: 'connect', destination, timeout })).socket;
  } catch (error) {
    if (error instanceof TypeError) throw error;
    // The library's error holds the password; it is not carried along.
    throw new Error(`the SOCKS proxy ${at.host}:${at.port}: ${saidBy(error)}`);
  }
}

function saidBy(error: unknown): string {
  const { message } = error as Error;
  // It passes on the words of Node, but not the code.
  const reason = reasonOf({ message, code: /\b(?:E[A-Z_]{4,})\b/.exec(message)?.[0] });
  return SAID[reason] ?? REFUSED.find(([pattern]) => pattern.test(reason))?.[1] ?? reason;
}

async function secured(socket: Socket, options: object, timeoutMs: number): Promise<TLSSocket> {
  const { connect } = await import('node:tls');
  const secure = connect({ ...options, socket });
  try {
    await once(secure, 'secureConnect', { signal: AbortSignal.timeout(timeoutMs) });
    return secure;
  } catch (error) {
    secure.destroy();
    throw error instanceof Error && error.name === 'AbortError' ? Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }) : error;
  }
}

/** An address is no name that a certificate could be chosen by. */
function serverName(host: string): string {
  return isIP(host) === 0 ? host : '';
}

import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { coded } from '../errors/coded-error.ts';
import { reasonOf } from '../net/reason-of.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly tls?: object | undefined;
}

/** Takes requests; the address under which it does. Throws LISTEN_FAILED. */
export async function listen(app: FastifyInstance, { host, port, tls }: ListenOptions): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw coded('LISTEN_FAILED', { address: `${host}:${port}`, reason: listenReason(error) }, { cause: error });
  }
  const { address, port: bound, family } = app.server.address() as AddressInfo;
  return `${tls === undefined ? 'http' : 'https'}://${family === 'IPv6' ? `[${address}]` : address}:${bound}`;
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function listenReason(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    EADDRINUSE: 'something else listens there',
    EACCES: 'that port is not allowed',
    EADDRNOTAVAIL: 'this machine has no such address',
  };
  return known[code ?? ''] ?? reasonOf(error);
}

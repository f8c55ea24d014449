import { VERSION } from '../../../config/version.ts';
import { readBody } from '../../../net/read-body.ts';
import type { Access } from '../kubeconfig/access.ts';
import type { Transport } from './transport.ts';

/** What requests are sent with. Another one takes its place when the credentials were renewed. */
export interface Connection {
  readonly access: Access;
  readonly transport: Transport;
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  /** Path and query below the server. */
  readonly path: string;
  readonly accept: string;
  readonly body?: object;
  readonly maxBytes: number;
  readonly keepEnd: number;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Bytes of the whole answer; more than `body` holds when only its end was kept. */
  readonly length: number;
  readonly retryAfter: string | undefined;
}

/** One request and its whole answer. Redirects are answers. Throws what the network throws, AnswerTooLarge, or the reason of `signal`. */
export async function exchange({ access, transport }: Connection, asked: Exchange, signal: AbortSignal): Promise<ApiAnswer> {
  const headers = {
    ...(await access.headers()),
    accept: asked.accept,
    'user-agent': `sre-orch/${VERSION}`,
    ...(access.compress ? { 'accept-encoding': 'gzip' } : {}),
    ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const path = `${new URL(access.server).pathname.replace(/\/$/, '')}${asked.path}`;
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  try {
    const answer = await transport.send({ method: asked.method, path, headers, body, signal });
    const { bytes, length } = await readBody(answer.body, single(answer.headers['content-encoding']), asked);
    return { status: answer.statusCode, body: bytes, length, retryAfter: single(answer.headers['retry-after']) };
  } catch (error) {
    // Node says "aborted" of whatever ended it; the signal knows whether that was a person or the clock.
    signal.throwIfAborted();
    throw error;
  }
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

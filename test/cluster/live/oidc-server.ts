import { createSign, generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Certificate } from './certificates.ts';

/** A small OpenID provider: discovery, keys, and refresh tokens for id tokens. */
export interface OidcServer extends AsyncDisposable {
  readonly issuer: string;
  /** Each request to the token endpoint: its form, with the credentials of the client that asked. */
  readonly grants: readonly Readonly<Record<string, string>>[];
  /** An id token of its own, that lives for so many seconds. */
  idToken(seconds: number): string;
}

export interface OidcOptions {
  readonly certificate: Certificate;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** How long the id tokens live that it gives out. */
  readonly lives?: number;
  /** The refresh token to give beside the id token of the nth grant; undefined: none. */
  readonly refreshToken?: (grant: number) => string | undefined;
  /** What the token endpoint answers instead. */
  readonly refusal?: object;
  readonly authMethods?: readonly string[];
}

export async function openOidcServer(options: OidcOptions): Promise<OidcServer> {
  const { certificate, clientId, clientSecret, lives = 3600, refreshToken = () => undefined, refusal, authMethods } = options;
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const grants: Record<string, string>[] = [];
  let issued = 0;
  const idToken = (seconds: number): string => {
    const now = Math.floor(Date.now() / 1000);
    issued += 1;
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { iss: issuer(), sub: 'jo', aud: clientId, iat: now - 7200, exp: now + seconds, jti: `n${issued}` };
    const signed = `${part({ alg: 'RS256', kid: 'k' })}.${part(claims)}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
  };
  const answerGrant = (form: Record<string, string>): [number, object] => {
    grants.push(form);
    if (refusal !== undefined) return [400, refusal];
    if (form['client_id'] !== clientId || form['client_secret'] !== clientSecret) return [401, { error: 'invalid_client' }];
    const token = refreshToken(grants.length);
    return [200, { access_token: 'a', token_type: 'Bearer', expires_in: lives, id_token: idToken(lives), ...(token ? { refresh_token: token } : {}) }];
  };
  const listener: RequestListener = async (request, response) => {
    const send = (status: number, body: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/.well-known/openid-configuration') {
      const methods = authMethods === undefined ? {} : { token_endpoint_auth_methods_supported: authMethods };
      return void send(200, {
        issuer: issuer(),
        token_endpoint: `${issuer()}/token`,
        jwks_uri: `${issuer()}/keys`,
        response_types_supported: ['code'],
        ...methods,
      });
    }
    if (request.url === '/keys') return void send(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', use: 'sig' }] });
    if (request.url === '/token' && request.method === 'POST') return void send(...answerGrant(await formOf(request)));
    send(404, {});
  };
  const server = createServer(certificate, listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = (): string => `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer: issuer(),
    grants,
    idToken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function formOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const [id, secret] = Buffer.from(request.headers.authorization?.replace('Basic ', '') ?? '', 'base64')
    .toString()
    .split(':');
  const header = id ? { client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret ?? '') } : {};
  return { ...Object.fromEntries(new URLSearchParams(text)), ...header };
}

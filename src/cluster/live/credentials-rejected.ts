import { X509Certificate } from 'node:crypto';
import { type CodedError, coded } from '../../errors/coded-error.ts';
import type { ApiClient } from './http/api-client.ts';
import type { Access } from './kubeconfig/access.ts';

/** CREDENTIALS_REJECTED, with the reason where the credentials themselves tell it. */
export async function rejectedBy({ server, access }: ApiClient, now: Date): Promise<CodedError> {
  const reason = await whyRejected(access, now.getTime());
  return coded('CREDENTIALS_REJECTED', { server, ...(reason === undefined ? {} : { reason }) });
}

async function whyRejected({ tls, headers }: Access, now: number): Promise<string | undefined> {
  const { authorization } = await headers();
  if (tls.cert !== undefined) {
    const { validTo } = new X509Certificate(tls.cert);
    return Date.parse(validTo) < now ? `the client certificate expired on ${new Date(validTo).toISOString()}` : undefined;
  }
  if (authorization === undefined) return 'the kubeconfig holds none';
  const expiry = tokenExpiry(String(authorization));
  return expiry !== undefined && expiry < now ? `the token expired on ${new Date(expiry).toISOString()}` : undefined;
}

/** The `exp` of a JSON Web Token (RFC 7519), in milliseconds; undefined for any other token. */
function tokenExpiry(authorization: string): number | undefined {
  const [, payload] = authorization.split('.');
  if (payload === undefined) return undefined;
  try {
    const { exp } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { exp?: unknown };
    return typeof exp === 'number' ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}

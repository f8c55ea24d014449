import { X509Certificate } from 'node:crypto';
import type { Access } from './access.ts';

/**
 * The name by which the API server knows the caller, as far as the credentials themselves say: the impersonated user, the
 * subject of a service account's token, the common name of a client certificate. Asking the server would take a further review.
 */
export async function callerOf({ headers, tls }: Access): Promise<string | undefined> {
  const { 'impersonate-user': impersonated, authorization } = await headers();
  if (typeof impersonated === 'string') return impersonated;
  return (typeof authorization === 'string' ? subjectOf(authorization) : undefined) ?? commonNameOf(tls.cert);
}

/** Only tokens of service accounts carry the whole user name; those of OIDC get prefixes from the server. */
function subjectOf(authorization: string): string | undefined {
  const payload = /^Bearer [^.]+\.([^.]+)\./.exec(authorization)?.[1];
  if (payload === undefined) return undefined;
  try {
    const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as { sub?: unknown };
    return typeof sub === 'string' && sub.startsWith('system:serviceaccount:') ? sub : undefined;
  } catch {
    return undefined;
  }
}

function commonNameOf(certificate: string | Buffer | undefined): string | undefined {
  if (certificate === undefined) return undefined;
  try {
    return /^CN=(.+)$/m.exec(new X509Certificate(certificate).subject)?.[1];
  } catch {
    return undefined;
  }
}

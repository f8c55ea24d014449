import { readFile } from 'node:fs/promises';
import { coded } from '../../../errors/coded-error.ts';
import type { Access } from './access.ts';
import type { KubeconfigCluster, KubeconfigUser } from './kubeconfig-file.ts';

/** Certificates and keys, from data or from files. */
export async function tlsOf(cluster: KubeconfigCluster, user: KubeconfigUser, path: string): Promise<Access['tls']> {
  const [ca, cert, key] = await Promise.all([
    material(cluster['certificate-authority-data'], cluster['certificate-authority'], path),
    material(user['client-certificate-data'], user['client-certificate'], path),
    material(user['client-key-data'], user['client-key'], path),
  ]);
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
    ...(cluster['tls-server-name'] ? { servername: cluster['tls-server-name'] } : {}),
    rejectUnauthorized: cluster['insecure-skip-tls-verify'] !== true,
  };
}

async function material(data: string | undefined, file: string | undefined, path: string): Promise<Buffer | undefined> {
  if (data) return Buffer.from(data, 'base64');
  if (!file) return undefined;
  try {
    return await readFile(file);
  } catch (error) {
    throw coded('KUBECONFIG_INVALID', { path, problems: [`${file} cannot be read (${(error as Error).message})`] }, { cause: error });
  }
}

/** A token (read again from its file each time), a password, and impersonation with all of its parts. */
export function plainHeaders(user: KubeconfigUser): Access['headers'] {
  const impersonation = impersonationHeaders(user);
  return async () => {
    const token = user.tokenFile ? (await readFile(user.tokenFile, 'utf8')).trim() : user.token;
    if (token) return { ...impersonation, authorization: `Bearer ${token}` };
    if (user.username) return { ...impersonation, authorization: `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}` };
    return impersonation;
  };
}

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation */
function impersonationHeaders(user: KubeconfigUser): Record<string, string | string[]> {
  if (!user.as) return {};
  const extra = Object.entries(user['as-user-extra'] ?? {}).map(([key, values]) => [`impersonate-extra-${encodeURIComponent(key).toLowerCase()}`, [...values]]);
  return {
    'impersonate-user': user.as,
    ...(user['as-uid'] ? { 'impersonate-uid': user['as-uid'] } : {}),
    ...(user['as-groups']?.length ? { 'impersonate-group': [...user['as-groups']] } : {}),
    ...Object.fromEntries(extra),
  };
}

import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { coded } from '../../../errors/coded-error.ts';
import type { Headers, TlsMaterial } from './access.ts';
import type { KubeconfigCluster, KubeconfigUser } from './kubeconfig-file.ts';

/** Certificates and keys, from data or from files; KUBECONFIG_INVALID where they cannot be used together. */
export async function tlsOf(cluster: KubeconfigCluster, user: KubeconfigUser, path: string): Promise<TlsMaterial> {
  const [ca, cert, key] = await Promise.all([
    material(cluster['certificate-authority-data'], cluster['certificate-authority'], path),
    material(user['client-certificate-data'], user['client-certificate'], path),
    material(user['client-key-data'], user['client-key'], path),
  ]);
  const pems = { ...(ca === undefined ? {} : { ca }), ...(cert === undefined ? {} : { cert }), ...(key === undefined ? {} : { key }) };
  try {
    createSecureContext(pems);
  } catch (error) {
    const reason = (error as Error).message.split(':').at(-1);
    throw coded('KUBECONFIG_INVALID', { path, problems: [`its certificates or keys cannot be used (${reason})`] }, { cause: error });
  }
  return {
    ...pems,
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

/** A token, or a password. A token's file is read each time: what stands in it is rotated. */
export async function plainHeaders(user: KubeconfigUser): Promise<Headers> {
  const token = user.tokenFile ? await tokenIn(user.tokenFile) : user.token;
  if (token) return { authorization: `Bearer ${token}` };
  if (user.username) return { authorization: `Basic ${Buffer.from(`${user.username}:${user.password ?? ''}`).toString('base64')}` };
  return {};
}

/** The token without the line end that editors put behind it. */
export async function tokenIn(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw coded('CREDENTIALS_UNAVAILABLE', { user: 'the token file', reason: (error as Error).message }, { cause: error });
  }
}

import { existsSync, readFileSync } from 'node:fs';
import type { Access } from './access.ts';
import { tokenIn } from './plain-credentials.ts';

const FOLDER = '/var/run/secrets/kubernetes.io/serviceaccount';

/** The service account of the pod this runs in; undefined outside of a cluster. The kubelet replaces its files: the token is read each time, the authority when it no longer serves. */
export function inClusterAccess(env: Readonly<Record<string, string | undefined>>, folder = FOLDER): Access | undefined {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = '443' } = env;
  if (!host || !existsSync(`${folder}/token`)) return undefined;
  const namespace = existsSync(`${folder}/namespace`) ? readFileSync(`${folder}/namespace`, 'utf8').trim() : undefined;
  const ca = readFileSync(`${folder}/ca.crt`);
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    cluster: 'in-cluster',
    context: null,
    namespace,
    tls: { ca, rejectUnauthorized: true },
    proxyUrl: undefined,
    compress: false,
    headers: async () => ({ authorization: `Bearer ${await tokenIn(`${folder}/token`)}` }),
    renew: async (failed) => (failed === 'handshake' && !readFileSync(`${folder}/ca.crt`).equals(ca) ? inClusterAccess(env, folder) : undefined),
  };
}

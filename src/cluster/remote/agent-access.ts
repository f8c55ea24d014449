import { readFile } from 'node:fs/promises';
import { coded } from '../../errors/coded-error.ts';
import type { Access } from '../live/kubeconfig/access.ts';
import type { AgentEntry } from './agents-file.ts';

/** How requests reach the agent, and as whom. Throws FILE_UNREADABLE. */
export async function agentAccess({ name, url, ca, serverName, bearerFile, clientCert, clientKey }: AgentEntry): Promise<Access> {
  const [authority, cert, key] = await Promise.all([ca, clientCert, clientKey].map(contentOf));
  // That it can be read is known before anything is sent.
  await contentOf(bearerFile);
  return {
    server: url,
    cluster: name,
    context: null,
    namespace: undefined,
    tls: {
      ...(authority === undefined ? {} : { ca: authority }),
      ...(cert === undefined ? {} : { cert }),
      ...(key === undefined ? {} : { key }),
      ...(serverName === undefined ? {} : { servername: serverName }),
      rejectUnauthorized: true,
    },
    proxyUrl: undefined,
    compress: false,
    headers: async () => {
      const bearer = (await contentOf(bearerFile))?.split('\n')[0]?.trim();
      return bearer === undefined ? {} : { authorization: `Bearer ${bearer}` };
    },
  };
}

async function contentOf(path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
}

import { readFile } from 'node:fs/promises';
import { coded } from '../../errors/coded-error.ts';
import { outgoingHeaders } from '../../trace/correlation.ts';
import type { Access } from '../live/kubeconfig/access.ts';
import type { AgentEntry } from './agents-file.ts';

/** How requests reach the agent, and as whom. Throws FILE_UNREADABLE. */
export async function agentAccess(agent: AgentEntry): Promise<Access> {
  return accessWith(agent, await filesOf(agent));
}

type Files = readonly [authority: string | undefined, cert: string | undefined, key: string | undefined];

const filesOf = async ({ ca, clientCert, clientKey }: AgentEntry): Promise<Files> =>
  (await Promise.all([ca, clientCert, clientKey].map(contentOf))) as unknown as Files;

async function accessWith(agent: AgentEntry, files: Files): Promise<Access> {
  const { name, url, serverName, bearerFile } = agent;
  const [authority, cert, key] = files;
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
      return { ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }), ...outgoingHeaders() };
    },
    // Certificates are replaced before they expire, authorities when they are given up.
    renew: async () => {
      const now = await filesOf(agent).catch(() => files);
      return now.every((text, index) => text === files[index]) ? undefined : accessWith(agent, now);
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

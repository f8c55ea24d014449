import { readFile } from 'node:fs/promises';
import { coded } from '../../errors/coded-error.ts';
import { outgoingHeaders } from '../../trace/correlation.ts';
import type { Access } from '../live/kubeconfig/access.ts';
import type { AgentEntry } from './agents-file.ts';

/** How requests reach the agent, and as whom. Throws FILE_UNREADABLE. */
export async function agentAccess(agent: AgentEntry): Promise<Access> {
  return accessWith(agent, await filesOf(agent));
}

type Files = readonly [authority: string | undefined, cert: string | undefined, key: string | undefined, bearer: string | undefined];

const filesOf = async ({ ca, clientCert, clientKey, bearerFile }: AgentEntry): Promise<Files> =>
  (await Promise.all([ca, clientCert, clientKey, bearerFile].map(contentOf))) as unknown as Files;

/** Keys and tokens are replaced long before they expire: to read the file for every request would take longer than to send it. */
const BEARER_MS = 5_000;

async function accessWith(agent: AgentEntry, files: Files): Promise<Access> {
  const { name, url, serverName, bearerFile } = agent;
  const [authority, cert, key] = files;
  let [, , , bearer] = files;
  let readAt = performance.now();
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
      if (performance.now() - readAt > BEARER_MS) [bearer, readAt] = [await contentOf(bearerFile), performance.now()];
      const line = bearer?.split('\n')[0]?.trim();
      return { ...(line === undefined ? {} : { authorization: `Bearer ${line}` }), ...outgoingHeaders() };
    },
    // Certificates and keys are replaced before they expire, authorities when they are given up.
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

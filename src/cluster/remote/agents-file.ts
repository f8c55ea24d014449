import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { load } from 'js-yaml';
import * as z from 'zod';
import { coded } from '../../errors/coded-error.ts';
import { serverUrlProblem } from '../../net/server-url.ts';

const file = z.string().min(1);
const agentSchema = z.strictObject({
  url: z.string(),
  ca: file.optional(),
  server_name: z.string().min(1).optional(),
  key_file: file.optional(),
  token_file: file.optional(),
  client_cert: file.optional(),
  client_key: file.optional(),
});
const agentsSchema = z.strictObject({ agents: z.record(z.string().min(1), agentSchema) });

/** How one agent is reached; paths of files are absolute. */
export interface AgentEntry {
  readonly name: string;
  readonly url: string;
  readonly ca?: string | undefined;
  /** The name in its certificate, where that is not the one in the address. */
  readonly serverName?: string | undefined;
  /** Key or token of a service account, read before each request: both are replaced. */
  readonly bearerFile?: string | undefined;
  readonly clientCert?: string | undefined;
  readonly clientKey?: string | undefined;
}

/** The agents of a file, as `agents: { prod: { url: https://… } }`. Throws AGENTS_INVALID with all that is wrong. */
export async function readAgentsFile(path: string, insecureHosts: readonly string[]): Promise<ReadonlyMap<string, AgentEntry>> {
  const parsed = agentsSchema.safeParse(await contentOf(path));
  if (!parsed.success)
    throw coded('AGENTS_INVALID', { path, problems: parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`) });
  const beside = (name: string | undefined): string | undefined => (name === undefined ? undefined : resolve(dirname(path), name));
  const entries = Object.entries(parsed.data.agents);
  const problems = entries.flatMap(([name, { url, key_file: key, token_file: token, client_cert: cert, client_key: certKey }]) => [
    ...[serverUrlProblem(url, insecureHosts)].flatMap((problem) => (problem === undefined ? [] : [`${name}: ${problem}`])),
    ...(key !== undefined && token !== undefined ? [`${name}: key_file and token_file exclude each other`] : []),
    ...((cert === undefined) !== (certKey === undefined) ? [`${name}: client_cert and client_key need each other`] : []),
  ]);
  if (problems.length > 0) throw coded('AGENTS_INVALID', { path, problems });
  return new Map(
    entries.map(([name, agent]) => [
      name,
      {
        name,
        url: agent.url.replace(/\/+$/, ''),
        ca: beside(agent.ca),
        serverName: agent.server_name,
        bearerFile: beside(agent.key_file ?? agent.token_file),
        clientCert: beside(agent.client_cert),
        clientKey: beside(agent.client_key),
      },
    ]),
  );
}

/** The agent of a cluster: the named one, else the one that is called default, else the only one. Throws CLUSTER_UNKNOWN, CLUSTER_NOT_CHOSEN. */
export function agentFor(cluster: string | undefined, agents: ReadonlyMap<string, AgentEntry>): AgentEntry {
  const known = [...agents.keys()];
  if (cluster === undefined && known.length > 1 && !agents.has('default')) throw coded('CLUSTER_NOT_CHOSEN', { known });
  const chosen = agents.get(cluster ?? (agents.has('default') ? 'default' : (known[0] ?? '')));
  if (chosen === undefined) throw coded('CLUSTER_UNKNOWN', { name: cluster ?? 'default', known });
  return chosen;
}

async function contentOf(path: string): Promise<unknown> {
  try {
    const text = await readFile(path, 'utf8');
    return text.trim() === '' ? {} : load(text);
  } catch (error) {
    throw coded('AGENTS_INVALID', { path, problems: [(error as Error).message.split('\n')[0] ?? 'it cannot be read'] }, { cause: error });
  }
}

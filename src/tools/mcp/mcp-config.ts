import { readFile } from 'node:fs/promises';
import { load } from 'js-yaml';
import * as z from 'zod';
import { parseDuration } from '../../config/setting.ts';
import { holdsNothing } from '../../config/yaml-document.ts';
import { coded } from '../../errors/coded-error.ts';
import { serverUrlProblem } from '../../net/server-url.ts';

const name = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/, 'letters, digits and hyphens, at most 31');
const shared = {
  enabled: z.boolean().default(true),
  /** Only these; `*` stands for any part of a name. */
  tools: z.array(z.string()).default(['*']),
  /** Tools that may change something, and are offered all the same. By their whole name. */
  allow_writes: z.array(z.string()).default([]),
  /** Also for keys of some namespaces: nothing that it tells is only for others. */
  every_key: z.boolean().default(false),
  timeout: z
    .string()
    .default('20s')
    .refine((text) => parseDuration(text) !== undefined, 'a duration like 20s is needed'),
};
const stdio = z.strictObject({
  ...shared,
  command: z.string(),
  args: z.array(z.string()).default([]),
  env: z.record(z.string(), z.string()).default({}),
  cwd: z.string().optional(),
});
const http = z.strictObject({ ...shared, url: z.string(), headers: z.record(z.string(), z.string()).default({}) });
const configSchema = z.strictObject({ servers: z.record(name, z.union([stdio, http])).default({}) });

export type McpServerConfig = z.infer<typeof stdio> | z.infer<typeof http>;
export type McpConfig = z.infer<typeof configSchema>;

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly insecureHosts: readonly string[];
}

/** mcp_config.yaml. `${NAME}` is taken from the environment, so that keys need not stand in the file. MCP_CONFIG_INVALID tells all that is wrong. */
export async function readMcpConfig(path: string, surroundings: Surroundings): Promise<McpConfig> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw coded('FILE_UNREADABLE', { path, reason: (error as Error).message }, { cause: error });
  }
  return parseMcpConfig(text, path, surroundings);
}

export function parseMcpConfig(text: string, path: string, { env, insecureHosts }: Surroundings): McpConfig {
  const problems: string[] = [];
  const parsed = configSchema.safeParse(filled(parsedYaml(text, path), env, problems));
  if (!parsed.success) problems.push(...parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}`));
  const servers = parsed.success ? parsed.data.servers : {};
  for (const [server, config] of Object.entries(servers)) {
    const problem = 'url' in config ? serverUrlProblem(config.url, insecureHosts) : undefined;
    if (problem !== undefined) problems.push(`servers.${server}.url: ${problem}`);
  }
  if (problems.length > 0) throw coded('MCP_CONFIG_INVALID', { path, problems });
  return { servers };
}

function parsedYaml(text: string, path: string): unknown {
  if (holdsNothing(text)) return {};
  try {
    return load(text) ?? {};
  } catch (error) {
    throw coded('MCP_CONFIG_INVALID', { path, problems: [(error as Error).message.split('\n')[0] ?? ''] }, { cause: error });
  }
}

function filled(value: unknown, env: Surroundings['env'], problems: string[]): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (_, variable: string) => {
      if (env[variable] === undefined) problems.push(`the variable ${variable} is not set`);
      return env[variable] ?? '';
    });
  if (Array.isArray(value)) return value.map((each) => filled(each, env, problems));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env, problems)]));
}

import * as z from 'zod';
import { readYaml } from '../config/yaml-document.ts';
import { coded } from '../errors/coded-error.ts';
import { serverUrlProblem } from '../net/server-url.ts';
import { isAddressOrNetwork } from './blocked-addresses.ts';

const webhookSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'small letters, digits and hyphens are needed'),
  url: z.string(),
  format: z.enum(['json', 'slack']).default('json'),
  /** Signs what is sent. */
  secret: z.string().min(16, '16 characters or more are needed').optional(),
  /** Only incidents of these and of no other. */
  namespaces: z.array(z.string()).min(1).optional(),
  /** Receivers inside: what is not named here has to be on the public internet. */
  allow_addresses: z.array(z.string().refine(isAddressOrNetwork, 'an address or a network like 10.1.0.0/16 is needed')).default([]),
});
const webhooksSchema = z.array(webhookSchema);
export type Webhook = z.infer<typeof webhookSchema>;

interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly insecureHosts: readonly string[];
}

/** Who is told of incidents that ended, as a YAML list; `${NAME}` is taken from the environment. Throws SETTINGS_INVALID with all that is wrong. */
export function parseWebhooks(text: string, path: string, { env, insecureHosts }: Surroundings): readonly Webhook[] {
  const yaml = readYaml(text);
  if (!yaml.ok) throw coded('SETTINGS_INVALID', { problems: [`${path}:${yaml.position.line}:${yaml.position.column}: ${yaml.message}`] });
  const missing: string[] = [];
  const parsed = webhooksSchema.safeParse(filled(yaml.document.value ?? [], env, missing));
  const webhooks = parsed.success ? parsed.data : [];
  const names = webhooks.map(({ name }) => name);
  const problems = [
    ...missing.map((name) => `${path}: the variable ${name} is not set`),
    ...(parsed.error?.issues ?? []).map((issue) => {
      const { line, column } = yaml.document.at(issue.path as (string | number)[]);
      return `${path}:${line}:${column}: ${issue.message}`;
    }),
    ...webhooks.flatMap(({ name, url }) => problemOf(url, insecureHosts).map((problem) => `${path}: ${name}: ${problem}`)),
    ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `${path}: ${name} is there twice`),
  ];
  if (problems.length > 0) throw coded('SETTINGS_INVALID', { problems });
  return webhooks;
}

/** Its words are not repeated: the address of a channel is a secret. */
function problemOf(url: string, insecureHosts: readonly string[]): string[] {
  const problem = serverUrlProblem(url, insecureHosts);
  return problem === undefined ? [] : [problem];
}

function filled(value: unknown, env: Surroundings['env'], missing: string[]): unknown {
  if (typeof value === 'string')
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      if (env[name] === undefined) missing.push(name);
      return env[name] ?? '';
    });
  if (Array.isArray(value)) return value.map((each) => filled(each, env, missing));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, filled(each, env, missing)]));
}

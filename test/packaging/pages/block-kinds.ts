import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import * as z from 'zod';
import { parseAccess } from '../../../src/auth/access.ts';
import { agentFor, readAgentsFile } from '../../../src/cluster/remote/agents-file.ts';
import { SETTINGS } from '../../../src/config/settings.ts';
import { parseWebhooks } from '../../../src/notify/webhooks.ts';
import { loadRules } from '../../../src/rules/load/load-rules.ts';
import { ruleSchema } from '../../../src/rules/rule.ts';
import { parseRunbook } from '../../../src/runbooks/load-runbooks.ts';
import { parseMcpConfig } from '../../../src/tools/mcp/mcp-config.ts';
import { loadKnowledgeGraph } from '../../../src/topology/knowledge/load-knowledge-graph.ts';
import { scenarioSchema } from '../../scenario-runner/scenario.ts';
import { type Block, ROOT } from './blocks.ts';
import { callsIn, misunderstood } from './typed-commands.ts';

/** Throws what is wrong with the text of a block. */
type Check = (text: string, block: Block) => unknown;

/** Whatever a page takes from the environment is there. */
const env = new Proxy<Record<string, string>>(
  {},
  { get: (_, name) => (String(name).endsWith('_URL') ? 'https://hooks.example/a' : 'sixteen-characters-or-more') },
);
const surroundings = { env, insecureHosts: [] };

/** Shell that no test types as it stands, by its second word: why. Calls of the program in it are parsed all the same. */
const NOT_TYPED: Readonly<Record<string, string>> = {
  server: 'typed by test/server/api-guide.process.test.ts against a server',
  cluster: 'needs a cluster',
  chart: 'needs helm and a cluster',
  database: 'needs PostgreSQL, or a store in use',
  model: 'needs a language model',
  checkout: 'installs, or runs scripts of a clone',
};

const VALUES = z.fromJSONSchema(JSON.parse(readFileSync(join(ROOT, 'charts/sre-orchestrator/values.schema.json'), 'utf8')));

const KINDS: Readonly<Record<string, Check>> = {
  'yaml values': (text) => VALUES.parse(load(text)),
  'yaml mcp': (text) => parseMcpConfig(text, 'mcp_config.yaml', surroundings),
  'yaml access': (text) => parseAccess(text, 'access.yaml'),
  'yaml webhooks': (text) => parseWebhooks(text, 'webhooks.yaml', surroundings),
  'yaml agents': checkAgents,
  'yaml rules': (text) => noProblems(loadRules([{ path: 'rules.yaml', text }]).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`)),
  'yaml part-of-a-rule': (text) => noProblems(Object.keys(load(text) as object).filter((key) => !(key in ruleSchema.shape))),
  'yaml scenario': (text) => scenarioSchema.parse(load(text)),
  'yaml settings': checkSettings,
  'yaml knowledge-graph': (text) => loadKnowledgeGraph(text, 'knowledge_graph.yaml'),
  'yaml other-program': (text) => loadAll(text),
  'json mcp-client': (text) => checkLaunches(JSON.parse(text)),
  json: (text) => JSON.parse(text),
  'markdown runbook': (text) => typeof parseRunbook(text, 'runbook.md') === 'string' && fail(String(parseRunbook(text, 'runbook.md'))),
  text: () => undefined,
  mermaid: () => undefined,
  // Typed by snippets.process.test.ts.
  console: checkCalls,
  ...Object.fromEntries(Object.keys(NOT_TYPED).map((why): [string, Check] => [`sh ${why}`, checkCalls])),
};

/** What is wrong with a block, or undefined. */
export async function wrongWith(block: Block): Promise<string | undefined> {
  const kind = [block.language, ...block.words.filter((word) => !word.includes('='))].join(' ');
  const check = KINDS[kind];
  if (check === undefined) return `"${kind}" is none of ${Object.keys(KINDS).join(', ')}`;
  try {
    await check(block.text, block);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function fail(message: string): never {
  throw new Error(message);
}

function noProblems(problems: readonly string[]): void {
  if (problems.length > 0) fail(problems.join('\n'));
}

async function checkCalls(text: string, { language }: Block): Promise<void> {
  const script = language === 'console' ? [...text.matchAll(/^[$>] (.*)$/gm)].map(([, line]) => line).join('\n') : text;
  noProblems((await Promise.all(callsIn(script).map((args) => misunderstood(args)))).filter((problem) => problem !== undefined));
}

async function checkAgents(text: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'agents-'));
  try {
    writeFileSync(join(folder, 'agents.yaml'), text);
    const agents = await readAgentsFile(join(folder, 'agents.yaml'), []);
    for (const name of agents.keys()) agentFor(name, agents);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function checkSettings(text: string): void {
  const known: readonly string[] = [...Object.values(SETTINGS).map(({ file }) => file), 'profiles'];
  noProblems(Object.keys(load(text) as object).flatMap((key) => (known.includes(key) ? [] : [`there is no setting ${key}`])));
}

/** A client starts us by a command and its arguments. */
async function checkLaunches(value: unknown): Promise<void> {
  const launchSchema = z.looseObject({ command: z.literal('sre-orch'), args: z.array(z.string()) });
  const urlSchema = z.looseObject({ url: z.url() });
  const { mcpServers, servers } = z.strictObject({ mcpServers: z.unknown(), servers: z.unknown() }).partial().parse(value);
  for (const server of Object.values(z.record(z.string(), z.union([launchSchema, urlSchema])).parse(mcpServers ?? servers)))
    if ('args' in server) noProblems([await misunderstood(server.args as string[])].filter((problem) => problem !== undefined));
}

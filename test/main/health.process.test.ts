import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { healthSchema } from '../../src/protocol/health.ts';
import { SHOP } from '../cluster/fixture.ts';
import { openFakeApiServer } from '../cluster/live/fake-api-server.ts';
import { EverythingServer } from '../tools/mcp/published-servers.ts';
import { ARecorder } from './a-recorder.ts';
import { Home } from './program.ts';

type Health = z.infer<typeof healthSchema>;
const SECRETS = { agent: 'hunter2-of-the-agent-0123456789', model: 'hunter2-of-the-model', mcp: 'hunter2-of-the-tools' };
const PATIENCE_MS = 20_000;

/** What a server says of itself to whoever holds its first key, once everything was looked at, and then to a stranger. */
async function healthOf(
  home: Home,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ known: Health; told: string; strangers: unknown; accepts: number }> {
  const server = home.start(['serve', '--listen', '127.0.0.1:0', '--require-key', ...flags], { env });
  const [, url = ''] = await server.saysOnStderr(/^listening on (http:\S+)$/m);
  const authorization = `Bearer ${readFileSync(join(home.data, 'sre-orch/first-key'), 'utf8').trim()}`;
  const before = (await (await fetch(`${url}/health`)).json()) as unknown;
  expect(Object.keys(before as object)).toEqual(['status']);
  for (const until = performance.now() + PATIENCE_MS; ; await sleep(100)) {
    const answer = await fetch(`${url}/health`, { headers: { authorization } });
    const told = await answer.text();
    const known = healthSchema.parse(JSON.parse(told));
    if (Object.values(known.components ?? {}).some(({ status }) => status === 'unknown') && performance.now() < until) continue;
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const strangers = (await (await fetch(`${url}/health`)).json()) as unknown;
    const body = JSON.stringify({ description: 'checkout is failing' });
    const { status: accepts } = await fetch(`${url}/api/v1/incidents`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body,
    });
    server.kill('SIGTERM');
    await server.ended;
    return { known, told, strangers, accepts };
  }
}

test('a real agent, a language model and an MCP server: how each is, what it offers, and no secret; to strangers one word', async () => {
  using home = new Home();
  using elsewhere = new Home();
  await using api = await openFakeApiServer({ fixture: SHOP });
  let status = 200;
  await using model = await ARecorder.start((_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end('{"data":[]}'));
  await using tools = await EverythingServer.start();
  mkdirSync(home.data, { recursive: true });
  const write = (name: string, text: string): string => {
    writeFileSync(join(home.data, name), text);
    return join(home.data, name);
  };
  const key = write('agent-key', SECRETS.agent);
  const agent = elsewhere.start(['agent', '--listen', '127.0.0.1:0', '--kubeconfig', api.kubeconfig, '--key-file', key]);
  const [, agentUrl = ''] = await agent.saysOnStderr(/^listening on (http:\S+)$/m);
  const flags = [
    ...['--agents', write('agents.yaml', JSON.stringify({ agents: { lab: { url: agentUrl, key_file: key } } }))],
    ...['--mcp-config', write('mcp.yaml', JSON.stringify({ servers: { all: { url: tools.url, headers: { authorization: `Bearer ${SECRETS.mcp}` } } } }))],
  ];
  const env = { LLM_BASE_URL: model.url, LLM_MODEL: 'small', LLM_API_KEY: SECRETS.model };

  const well = await healthOf(home, flags, env);
  expect(well.known).toMatchObject({
    status: 'ok',
    components: {
      store: { status: 'ok' },
      queue: { status: 'ok', detail: '0 waiting, 0 under way' },
      agent: { status: 'ok', detail: expect.stringContaining('v1.') },
      llm: { status: 'ok', detail: 'small' },
      mcp: { status: 'ok', detail: expect.stringMatching(/^\d+ tools$/) },
    },
    mcp_tools: expect.arrayContaining(['all_echo']),
    version: expect.any(String),
  });
  expect([well.strangers, well.accepts]).toEqual([{ status: 'ok' }, 202]);
  expect(model.got[0]?.headers['authorization']).toBe(`Bearer ${SECRETS.model}`);

  status = 401;
  await tools.down();
  agent.kill('SIGTERM');
  await agent.ended;
  const ill = await healthOf(home, flags, env);
  expect(ill.known).toMatchObject({
    status: 'degraded',
    components: {
      store: { status: 'ok' },
      agent: { status: 'degraded', detail: expect.stringContaining('AGENT_UNREACHABLE') },
      llm: { status: 'degraded', detail: 'small: its endpoint answers with 401' },
      mcp: { status: 'degraded', detail: expect.stringContaining('all: ') },
    },
    mcp_tools: [],
  });
  // An outage is when a server is needed most.
  expect([ill.strangers, ill.accepts]).toEqual([{ status: 'degraded' }, 202]);
  for (const { told } of [well, ill]) for (const secret of [...Object.values(SECRETS), 'sreo_']) expect(told).not.toContain(secret);
}, 90_000);

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { buildMcpServer } from '../../src/mcp/mcp-server.ts';
import { inPieces } from '../../src/tools/pieces.ts';
import { ToolBox } from '../../src/tools/tool-box.ts';
import { SECRET_VALUE, SHOP } from '../cluster/fixture.ts';
import { openFakeApiServer } from '../cluster/live/fake-api-server.ts';
import { plays } from '../llm/agent/conversations.ts';
import { LlmServer } from '../llm/llm-server.ts';
import { type Answers, ARecorder, spansIn, type WireSpan } from './a-recorder.ts';
import { Home } from './program.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';
const QUESTION = 'checkout is failing since the umbrella release';
const LONG = 120_000;
type Line = Readonly<Record<string, unknown>>;

/** A server of tools, of which each request can be looked at. */
const tools: Answers = (() => {
  const box = new ToolBox([
    {
      name: 'status',
      description: 'how things are',
      source: 'mcp',
      parameters: { type: 'object', properties: {} },
      run: async () => inPieces({ source: 'tool', object: { kind: 'External', name: 'status' }, field_path: null, excerpt: 'umbrella-answer: all is well' }),
    },
  ]);
  const handler = createMcpHandler(async () => buildMcpServer(box, '0'));
  return async ({ headers, body }, response) => {
    const asked = new Request('http://tools/mcp', { method: 'POST', headers: headers as Record<string, string>, body });
    const answer = await handler.fetch(asked);
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  };
})();

const linesOf = (stderr: string): Line[] =>
  stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);

/** Everything that an investigation in a cluster goes through, each as a process or a server of its own. */
async function everything(collector: string, asked: Readonly<Record<string, string>>) {
  await using stack = new AsyncDisposableStack();
  const [home, elsewhere] = [new Home(), new Home()];
  stack.defer(() => [home, elsewhere].forEach((each) => void each[Symbol.dispose]()));
  const api = stack.use(await openFakeApiServer({ fixture: SHOP }));
  const [hook, mcp] = [stack.use(await ARecorder.start()), stack.use(await ARecorder.start(tools))];
  const model = stack.use(
    await LlmServer.start(plays({ rounds: [[{ name: 'house_status', arguments: {} }]], final: () => ({ narrative: '', causes: [], hypotheses: [] }) })),
  );
  const otel = {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=hunter2-of-the-collector',
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '200',
  };
  const agent = elsewhere.start(['agent', '--listen', '127.0.0.1:0', '--kubeconfig', api.kubeconfig], { env: otel });
  const [, agentUrl = ''] = await agent.saysOnStderr(/^listening on (http:\S+)$/m);
  mkdirSync(home.data, { recursive: true });
  const write = (name: string, value: unknown): string => {
    writeFileSync(join(home.data, name), JSON.stringify(value));
    return join(home.data, name);
  };
  const flags = [
    ...['--agents', write('agents.yaml', { agents: { lab: { url: agentUrl } } })],
    ...['--webhooks', write('webhooks.yaml', [{ name: 'pager', url: `${hook.url}/hunter2-of-the-hook`, allow_addresses: ['127.0.0.1'] }])],
    ...['--mcp-config', write('mcp.yaml', { servers: { house: { url: `${mcp.url}/mcp` } } })],
  ];
  const env = { ...otel, LLM_BASE_URL: model.url, LLM_MODEL: 'small', LLM_API_KEY: 'hunter2-of-the-model' };
  const server = home.start(['serve', '--listen', '127.0.0.1:0', ...flags], { env });
  const [, url = ''] = await server.saysOnStderr(/^listening on (http:\S+?);? /m);
  const startedAt = performance.now();
  const headers = { 'content-type': 'application/json', ...asked };
  const body = JSON.stringify({ description: QUESTION, namespace: 'shop' });
  const answer = await fetch(`${url}/api/v1/incidents`, { method: 'POST', headers, body });
  await fetch(`${url}/api/v1/incidents?cause=hunter2-of-a-query`);
  const { incident_id: id } = (await answer.json()) as { incident_id: string };
  const detail = async () => (await (await fetch(`${url}/api/v1/incidents/${id}`)).json()) as { status: string; correlation_id: string | null };
  while ((await detail()).status !== 'completed') await sleep(50);
  const ms = performance.now() - startedAt;
  const kept = await detail();
  while (hook.got.length === 0) await sleep(50);
  const endedAt = performance.now();
  server.kill('SIGTERM');
  const told = (await server.ended).stderr;
  const endingMs = performance.now() - endedAt;
  agent.kill('SIGTERM');
  const toldByAgent = (await agent.ended).stderr;
  return { id, answer, kept, ms, endingMs, server: linesOf(told), agent: linesOf(toldByAgent), hook: [...hook.got], mcp: [...mcp.got], model: model.headers };
}

describe('one incident', () => {
  test(
    'can be followed from the request through server, agent, model, MCP server and webhook',
    async () => {
      await using collector = await ARecorder.start();
      const asked = { 'x-correlation-id': 'pager-7', traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: 'vendor=x' };
      const { id, answer, kept, server, agent, hook, mcp, model } = await everything(collector.url, asked);
      expect([answer.headers.get('x-correlation-id'), kept.correlation_id]).toEqual(['pager-7', 'pager-7']);

      // Logs: whatever was said of it can be found by either id.
      const ids = { correlation_id: 'pager-7', incident_id: id, trace_id: TRACE };
      for (const message of ['investigation started', 'investigation ended', 'model asked', 'told'])
        expect(server.find(({ msg }) => msg === message)).toMatchObject({ service_name: 'sre-orchestrator', ...ids });
      const reads = agent.filter(({ msg, correlation_id }) => msg === 'request' && correlation_id === 'pager-7');
      expect(reads.length).toBeGreaterThan(5);
      for (const line of reads) expect(line).toMatchObject({ service_name: 'k8s-agent', ...ids });

      // What was sent to others; not to the model, which is somebody else's.
      const calls = mcp.filter(({ body }) => body.includes('tools/call'));
      expect([calls.length, hook.length]).toEqual([1, 1]);
      for (const { headers } of [...calls, ...hook]) {
        expect(headers).toMatchObject({ 'x-correlation-id': 'pager-7', 'x-incident-id': id, tracestate: 'vendor=x' });
        expect(headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-(?!${CALLER})[0-9a-f]{16}-01$`));
      }
      expect(model.length).toBeGreaterThan(0);
      expect(model.flatMap((headers) => Object.keys(headers)).filter((name) => /^(x-|trace)/.test(name) && !name.startsWith('x-stainless'))).toEqual([]);

      // Spans: one trace, each below what asked for it.
      const spans = spansIn(collector.got).filter(({ traceId }) => traceId === TRACE);
      const byId = new Map(spans.map((span) => [span.spanId, span]));
      const named = (name: string): WireSpan => {
        const found = spans.find((span) => span.name === name);
        if (found === undefined) throw new Error(`no span ${name} among ${[...new Set(spans.map((span) => span.name))].join(', ')}`);
        return found;
      };
      const above = (span: WireSpan): string[] => {
        const parent = byId.get(span.parentSpanId ?? '');
        return parent === undefined ? [span.name] : [span.name, ...above(parent)];
      };
      const post = named('POST /api/v1/incidents');
      expect(post).toMatchObject({ service: 'sre-orchestrator', kind: 2, parentSpanId: CALLER, attributes: { 'http.response.status_code': 202 } });
      expect(named('investigate')).toMatchObject({ parentSpanId: post.spanId, attributes: { 'sre_orch.incident_id': id } });
      for (const stage of ['entities', 'evidence', 'scope', 'topology', 'findings', 'correlate', 'analysis', 'report'])
        expect(above(named(`stage ${stage}`))).toEqual([`stage ${stage}`, 'investigate', post.name]);
      expect(above(named('execute_tool house_status'))).toContain('stage analysis');
      expect(named('chat small')).toMatchObject({ kind: 3, attributes: { 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 10 } });
      expect(calls[0]?.headers['traceparent']).toContain(named('execute_tool house_status').spanId);
      expect(hook[0]?.headers['traceparent']).toContain(named('deliver webhook').spanId);
      const pods = spans.filter(({ name }) => name === 'list pods');
      const [here, there] = ['sre-orchestrator', 'k8s-agent'].map((service) => pods.find((span) => span.service === service));
      expect(here?.attributes).toMatchObject({ 'k8s.namespace.name': 'shop', 'sre_orch.lookup': 'found', 'sre_orch.items': 3 });
      expect(there && above(there)).toEqual(['list pods', 'GET /api/v1/objects/:kind', 'list pods', 'stage evidence', 'investigate', post.name]);
      // Every span but the first has its parent among them: nothing was lost at the end of either process.
      expect(spans.filter(({ parentSpanId = '' }) => !byId.has(parentSpanId)).map(({ name }) => name)).toEqual([post.name]);

      const sent = collector.got.map(({ body }) => body).join('\n');
      for (const secret of [QUESTION, 'umbrella', 'hunter2', SECRET_VALUE, 'out of stock', 'a-token']) expect(sent).not.toContain(secret);
      expect(collector.got.every(({ path, headers }) => path === '/v1/traces' && headers['x-tenant'] === 'hunter2-of-the-collector')).toBe(true);
    },
    LONG,
  );

  test(
    'is answered in time where the collector is gone, which is said once; what is no trace is replaced',
    async () => {
      const given = { 'x-correlation-id': 'no id at all', traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` };
      const { answer, ms, endingMs, server, agent, hook } = await everything('http://127.0.0.1:1', given);
      expect(answer.headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/);
      expect(hook[0]?.headers['traceparent']).toMatch(new RegExp(`^00-(?!${TRACE})[0-9a-f]{32}-[0-9a-f]{16}-01$`));
      expect(hook[0]?.headers['x-correlation-id']).toBe(answer.headers.get('x-correlation-id'));
      expect([ms < 15_000, endingMs < 10_000]).toEqual([true, true]);
      for (const lines of [server, agent])
        expect(lines.filter(({ level }) => level !== 'info')).toMatchObject([
          { level: 'warn', reason: 'connection refused', msg: 'traces cannot be sent, and are dropped' },
        ]);
    },
    LONG,
  );
});

import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/domain/report.ts';
import type { CallRecord } from '../../src/llm/call-record.ts';
import { slowCluster } from '../fixtures/slow-cluster.ts';
import { idOf, plays } from '../llm/agent/conversations.ts';
import { type Answer, dies, LlmServer, refuses } from '../llm/llm-server.ts';
import { DUMPS, expectCode, Home } from './program.ts';

const ASK = ['investigate', 'checkout keeps restarting in orders', '--snapshot', join(DUMPS, 'memory-limit'), '--no-store'];
const env = ({ url }: LlmServer): Record<string, string> => ({ LLM_BASE_URL: url, LLM_MODEL: 'small', LLM_API_KEY: 'key-of-a-test' });
const able = (): Answer =>
  plays({
    rounds: [[{ name: 'get_events', arguments: { namespace: 'orders' } }]],
    final: (asked) => ({ narrative: `Deployment checkout was killed for its memory [${idOf(asked, 'OOMKilled')}].`, causes: [], hypotheses: [] }),
  });

const reportOf = ({ stdout }: { stdout: string }): Report => reportSchema.parse(JSON.parse(stdout));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const quiet = plays({ final: () => ({ narrative: '', causes: [], hypotheses: [] }) });

describe('investigate with a model', () => {
  test('tells what it adds, what it cost, and each call of it', async () => {
    await using server = await LlmServer.start(able());
    using home = new Home();
    const { stdout, stderr } = expectCode(await home.run([...ASK, '--verbose', '--llm-prices', '1/2'], { env: env(server) }), 0);
    expect(stdout).toMatch(/What the language model adds/);
    expect(stdout.replace(/\s+/g, ' ')).toMatch(/small: \d+ tokens in [\d.]+ s, cost 0\.\d+/);
    expect(stderr).toMatch(/model: get_events orders \(step 1 of 12, \d+ of 200000 tokens, \d+ of 90 s, cost 0\.\d+\)/);
    expect(stderr).toMatch(/model small: 100 tokens read, 10 written, \d+ ms/);
    expect(server.headers.every(({ authorization }) => authorization === 'Bearer key-of-a-test')).toBe(true);
  });

  test('logs each request as a line of JSON: whose it was, what it cost and how it ended, and nothing of what was said', async () => {
    await using server = await LlmServer.start(refuses(503, 'busy with key-of-a-test'), able());
    using home = new Home();
    const report = reportOf(expectCode(await home.run([...ASK, '--llm-prices', '1/2', '-o', 'json'], { env: env(server) }), 0));
    const path = join(home.data, 'sre-orch/llm-calls.jsonl');
    const text = readFileSync(path, 'utf8');
    const lines = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as CallRecord & { time: string });
    expect(lines.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['incident_names', 'LLM_OVERLOADED'],
      ['incident_names', 'answered'],
      ['round', 'answered'],
      ['round', 'answered'],
      ['analysis', 'answered'],
    ]);
    expect(lines.every(({ incident_id: id, model }) => id === report.incident_id && model === 'small')).toBe(true);
    expect(lines.at(-1)).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/), input_tokens: 100, output_tokens: 10, estimated: false, cost: 0.00012 });
    const { calls = 0, input_tokens: read = 0, cost = 0 } = report.engine.llm ?? {};
    expect(sum(lines.map(({ input_tokens: tokens }) => tokens))).toBe(read);
    expect(lines.filter(({ outcome }) => outcome === 'answered')).toHaveLength(calls);
    expect(sum(lines.map((line) => line.cost ?? 0))).toBeCloseTo(cost, 6);
    expect(text).not.toMatch(/key-of-a-test|OOMKilled|checkout/);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const elsewhere = join(home.path, 'logs/calls.jsonl');
    await home.run([...ASK, '--llm-log', elsewhere], { env: env(server) });
    await home.run(ASK, { env: { ...env(server), LLM_LOG: 'off' } });
    expect(readFileSync(elsewhere, 'utf8').trimEnd().split('\n')).toHaveLength(3);
    expect(readFileSync(path, 'utf8')).toBe(text);
    const nowhere = expectCode(await home.run([...ASK, '--llm-log', '/proc/nowhere/calls.jsonl'], { env: env(server) }), 0).stderr;
    expect(nowhere.match(/calls of the language model are not logged/g)).toHaveLength(1);
  });

  test('is logged by a server on its own log', async () => {
    await using server = await LlmServer.start(able());
    using home = new Home();
    const running = home.start(['serve', '--listen', '127.0.0.1:0', ...ASK.slice(2, 4)], { env: env(server) });
    const [, url = ''] = await running.saysOnStderr(/^listening on (http:\S+?);? /m);
    const post = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ description: 'checkout is failing' }) };
    const { incident_id: id } = (await (await fetch(`${url}/api/v1/incidents`, post)).json()) as { incident_id: string };
    const [line] = await running.saysOnStderr(/^\{.*"purpose":"analysis".*"model asked".*$/m);
    expect(JSON.parse(line)).toMatchObject({ service_name: 'sre-orchestrator', incident_id: id, model: 'small', outcome: 'answered', input_tokens: 100 });
    expect(existsSync(join(home.data, 'sre-orch/llm-calls.jsonl'))).toBe(false);
    running.kill('SIGTERM');
    expectCode(await running.ended, 0);
  });

  test('prints exactly what would be sent, and sends nothing', async () => {
    await using server = await LlmServer.start(able());
    using home = new Home();
    const shown = JSON.parse(expectCode(await home.run([...ASK, '--show-prompt'], { env: env(server) }), 0).stdout) as {
      tools?: object[];
      response_format?: object;
    }[];
    expect(server.asked).toEqual([]);
    await home.run(ASK, { env: env(server) });
    expect(shown).toEqual(server.asked.slice(0, 2).map(({ path: _, ...body }) => body));
    expect(shown.map(({ tools, response_format: format }) => [tools !== undefined, format !== undefined])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(expectCode(await home.run([...ASK, '--show-prompt']), 2).stderr).toContain('LLM_NOT_CONFIGURED');
  });

  test('is the same report without it, and asks nobody with --no-llm', async () => {
    await using server = await LlmServer.start(dies);
    using home = new Home();
    const plain = reportSchema.parse(JSON.parse(expectCode(await home.run([...ASK, '-o', 'json', '--no-llm'], { env: env(server) }), 0).stdout));
    expect([server.asked.length, plain.analysis, plain.engine.llm]).toEqual([0, null, null]);
    const dead = reportSchema.parse(JSON.parse(expectCode(await home.run([...ASK, '-o', 'json'], { env: env(server) }), 0).stdout));
    expect(dead.root_causes).toEqual(plain.root_causes);
    expect(dead.gaps.map(({ what }) => what)).toContain('what the language model would have added');
  });

  test('sends nothing but GET to a cluster, whatever the model asks for', async () => {
    using home = new Home();
    await using cluster = await slowCluster({
      folder: home.path,
      logs: { 'web-1': 'ERROR out of order' },
      items: { pods: [{ metadata: { namespace: 'orders' } }] },
    });
    const asks = [
      ['list_objects', { kind: 'pods' }],
      ['get_object', { kind: 'Deployment', name: 'web' }],
      ['describe_object', { kind: 'Service', name: 'web' }],
      ['get_logs', { pod: 'web-1', grep: 'error' }],
      ['get_events', {}],
      ['query_graph', { ask: 'dependents', name: 'web' }],
      ['delete_pod', { name: 'web-1' }],
      ['patch', { kind: 'Deployment', name: 'web', replicas: 0 }],
    ].map(([name, given]) => ({ name: name as string, arguments: given as object }));
    await using server = await LlmServer.start(
      plays({ rounds: [asks.slice(0, 4), asks.slice(4)], final: () => ({ narrative: '', causes: [], hypotheses: [] }) }),
    );
    const before = cluster.requests.length;
    expectCode(await home.run(['investigate', 'web is down', '-n', 'orders', '--kubeconfig', cluster.kubeconfig, '--no-store'], { env: env(server) }), 0);
    const sent = cluster.requests.slice(before);
    expect(sent.some((request) => request.includes('/deployments/web'))).toBe(true);
    expect(sent.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(sent.filter((request) => request.includes('/secrets'))).toEqual(sent.filter((request) => request.endsWith('/secrets')));
  });

  test('loads nothing of it where none is set up', async () => {
    using home = new Home();
    const covered = join(home.path, 'covered');
    expectCode(await home.run(ASK, { env: { NODE_V8_COVERAGE: covered } }), 0);
    const loaded = readdirSync(covered).flatMap((file) =>
      (JSON.parse(readFileSync(join(covered, file), 'utf8')) as { result: { url: string }[] }).result.map(({ url }) => url),
    );
    const chunks = loaded.filter((url) => url.includes('/dist/')).map((url) => readFileSync(fileURLToPath(url), 'utf8'));
    expect(chunks.length).toBeGreaterThan(3);
    expect(chunks.filter((text) => /chat\.completions|StreamableHTTPClientTransport|class MiniSearch/.test(text))).toEqual([]);
  });

  test('cites runbooks, with and without a model, by words and by meaning', async () => {
    using home = new Home();
    const runbooks = join(home.path, 'runbooks');
    mkdirSync(runbooks);
    writeFileSync(
      join(runbooks, 'memory.md'),
      '---\nname: Memory of checkout\ncauses: [container-memory-limit-exceeded]\n---\nRaise it to 128Mi; the shop team knows why.\n',
    );
    writeFileSync(join(runbooks, 'broken.md'), 'no front matter');
    const { stdout, stderr } = expectCode(await home.run([...ASK, '--runbooks', runbooks]), 0);
    expect(stdout).toMatch(/Runbooks[\s\S]*Memory of checkout \(memory\.md\): Raise it to 128Mi/);
    expect(stderr).toContain('runbook broken.md: it has no front matter');
    const embedding: Answer = (response, asked) => {
      if (asked.path !== '/v1/embeddings') return quiet(response, asked);
      const data = (asked['input'] as string[]).map((_, index) => ({ index, embedding: [1, 0.5] }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
    };
    await using server = await LlmServer.start(embedding);
    const args = [
      'investigate',
      'anything odd?',
      '-n',
      'orders',
      '--snapshot',
      join(DUMPS, 'healthy'),
      '-n',
      'calm',
      '--no-store',
      '-o',
      'json',
      '--runbooks',
      runbooks,
    ];
    const more = { ...env(server), LLM_EMBEDDING_MODEL: 'vectors' };
    const near = reportSchema.parse(JSON.parse(expectCode(await home.run(args, { env: more }), 0).stdout));
    expect(near.analysis?.runbooks).toMatchObject([{ name: 'Memory of checkout', found_by: 'meaning' }]);
    const asked = server.asked.filter(({ path }) => path === '/v1/embeddings').length;
    await home.run(args, { env: more });
    expect(server.asked.filter(({ path }) => path === '/v1/embeddings').length).toBe(asked);
  });
});

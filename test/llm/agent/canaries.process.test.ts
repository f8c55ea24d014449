import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openEmbeddings } from '../../../src/llm/endpoint/embeddings.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { RunbookShelf } from '../../../src/runbooks/runbook-shelf.ts';
import { parseMcpConfig } from '../../../src/tools/mcp/mcp-config.ts';
import { CANARIES } from '../../fixtures/canaries.ts';
import { filesystemServer } from '../../tools/mcp/published-servers.ts';
import { type Answer, LlmServer } from '../llm-server.ts';
import { aDump, LOG } from './a-dump.ts';
import { anInvestigation } from './an-investigation.ts';
import { idOf, plays } from './conversations.ts';

const leakedIn = (text: string): string[] => CANARIES.filter(({ secret }) => text.includes(secret)).map(({ kind }) => kind);
const QUIET = 'serving on :8080\nGET /cart 200 12ms\n';
const ask = 'orders from Europe are not confirmed in calm';

/** Every canary in one object after another: env, command line, annotation, log, event, ConfigMap, Secret. */
function planted(): string {
  const lines = CANARIES.map(({ line }) => line);
  const said = lines.map((line) => `ERROR ${line}`).join('\n');
  const about = { kind: 'Pod', namespace: 'calm', name: 'web-6c9f-z1' };
  const events = lines.map((message, index) => ({
    kind: 'Event',
    metadata: { name: `e${index}`, namespace: 'calm' },
    type: 'Warning',
    reason: 'Failed',
    message,
    involvedObject: about,
    lastTimestamp: '2026-01-31T09:59:00Z',
    count: 1,
  }));
  return aDump({
    files: {
      [LOG]: `${QUIET}${said}\n`,
      [LOG.replace('logs.txt', 'logs-previous.txt')]: `${said}\npanic: ${said}\n`,
      'alerts.json': JSON.stringify(
        lines.map((line, index) => ({
          labels: { alertname: `Alert${index}`, namespace: 'calm', pod: 'web-6c9f-z1', severity: 'critical', note: line },
          annotations: { summary: line },
          startsAt: '2026-01-31T09:50:00Z',
        })),
      ),
      'metrics.om': `# TYPE memory gauge\n${lines.map((line) => `memory{namespace="calm",pod="web-6c9f-z1",note=${JSON.stringify(line)}} 1 1769853000\n`).join('')}# EOF\n`,
      'node-services.json': JSON.stringify(lines.map((output) => ({ node: 'node-a', service: 'kubelet', active: 'failed', sub: 'failed', output }))),
      'connectivity.json': JSON.stringify(lines.map((output, index) => ({ namespace: 'calm', service: `web-${index}`, port: 80, reachable: false, output }))),
    },
    add: {
      events,
      configmaps: [
        { kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'calm' }, data: Object.fromEntries(lines.map((line, index) => [`line${index}`, line])) },
      ],
      secrets: [
        {
          kind: 'Secret',
          metadata: { name: 'orders-db', namespace: 'calm' },
          data: Object.fromEntries(CANARIES.map(({ secret }, index) => [`key${index}`, secret])),
        },
      ],
    },
    pod: (pod) => {
      Object.assign(pod.metadata, { annotations: Object.fromEntries(lines.map((line, index) => [`note${index}`, line])) });
      const { containers } = pod['spec'] as { containers: Record<string, unknown>[] };
      for (const container of containers)
        Object.assign(container, { env: lines.map((line, index) => ({ name: `LINE_${index}`, value: line })), command: ['sh', '-c', lines.join('; ')] });
      // A container that has ended tells its last words, and the kubelet why it does not start again.
      Object.assign(pod['status'] as object, {
        phase: 'Running',
        message: said,
        containerStatuses: containers.map(({ name }) => ({
          name,
          ready: false,
          restartCount: 7,
          state: { waiting: { reason: 'CrashLoopBackOff', message: said } },
          lastState: { terminated: { exitCode: 1, reason: 'Error', message: said, finishedAt: '2026-01-31T09:58:00Z' } },
        })),
      });
    },
  });
}

const NAMES = { kind: 'Pod', name: 'web-6c9f-z1', namespace: 'calm' };
const LOGS = { pod: 'web', namespace: 'calm' };

/** All that a curious model could ask for. */
const ALL_READS = (file: string): { name: string; arguments: object }[][] => [
  [
    { name: 'get_logs', arguments: { ...LOGS, tail: 500 } },
    { name: 'get_logs', arguments: { ...LOGS, previous: true } },
    { name: 'get_object', arguments: NAMES },
    { name: 'describe_object', arguments: NAMES },
    { name: 'get_events', arguments: { namespace: 'calm' } },
    { name: 'list_objects', arguments: { kind: 'pods', namespace: 'calm' } },
    { name: 'query_graph', arguments: { ask: 'dependents', name: 'web' } },
    { name: 'top', arguments: { namespace: 'calm' } },
  ],
  [
    { name: 'get_object', arguments: { kind: 'ConfigMap', name: 'settings', namespace: 'calm' } },
    { name: 'get_object', arguments: { kind: 'ConfigMap', name: 'settings', namespace: 'calm', field: 'data.line0' } },
    { name: 'get_object', arguments: { kind: 'Secret', name: 'orders-db', namespace: 'calm' } },
    { name: 'get_object', arguments: { ...NAMES, field: 'spec.containers.0.env' } },
    { name: 'get_object', arguments: { ...NAMES, field: 'status.containerStatuses.0.lastState.terminated.message' } },
    { name: 'search_runbooks', arguments: { words: 'rotate passwords' } },
    { name: 'files_read_text_file', arguments: { path: file } },
    // What it says itself is sent again with the next round: also that passes the redactor.
    { name: 'files_read_text_file', arguments: { path: CANARIES[4]?.line } },
  ],
  CANARIES.slice(0, 8).map(({ secret }) => ({ name: 'get_logs', arguments: { ...LOGS, grep: secret.slice(0, 9) } })),
  ...Array.from({ length: 16 }, (_, index) => [{ name: 'read_more', arguments: { result: `r${index + 1}`, from: 100 } }]),
];

/** Vectors by the same endpoint, which counts what is sent for them among what it received. */
const withVectors =
  (chat: Answer): Answer =>
  (response, asked) => {
    if (asked.path !== '/v1/embeddings') return chat(response, asked);
    const data = (asked['input'] as string[]).map((_, index) => ({ index, embedding: [1, 0.5] }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ data }));
  };

describe('canaries', () => {
  test('of every kind, in every place, reach no model', async () => {
    const snapshot = planted();
    const lines = CANARIES.map(({ line }) => line);
    const folder = mkdtempSync(join(tmpdir(), 'sre-orch-canaries-'));
    const file = join(folder, 'status.txt');
    writeFileSync(file, lines.join('\n'));
    const mcp = parseMcpConfig(JSON.stringify({ servers: { files: filesystemServer(folder) } }), 'mcp_config.yaml', { env: {}, insecureHosts: [] });
    await using server = await LlmServer.start(
      withVectors(plays({ rounds: ALL_READS(file), final: () => ({ narrative: lines.join(' '), causes: [], hypotheses: lines }) })),
    );
    const vectors = openEmbeddings({
      baseUrl: server.url,
      apiKey: undefined,
      model: 'vectors',
      redactor: createRedactor(),
      store: { vectors: async () => new Map(), keepVectors: async () => {} },
    });
    const runbook = { name: 'Passwords', description: lines[0] ?? '', causes: [], kinds: ['Pod'], path: 'passwords.md' };
    const runbooks = new RunbookShelf(createRedactor().object([{ ...runbook, sections: [{ title: 'Rotate passwords', text: lines.join('\n') }] }]), vectors);
    const { report } = await anInvestigation({
      snapshot,
      ask: `web fails with ${lines.join(', and ')} in calm`,
      server,
      mcp,
      runbooks,
      model: { contextTokens: 400_000, limits: { steps: 30, tokens: 4_000_000, milliseconds: 20_000 } },
    });
    expect(report.engine.llm).toMatchObject({ stopped_by: null, steps: 20 });
    expect(server.asked.some(({ path }) => path === '/v1/embeddings')).toBe(true);
    expect(server.received.length).toBeGreaterThan(200_000);
    expect(server.received.match(/\[redacted:/g)?.length).toBeGreaterThan(500);
    expect(leakedIn(server.received)).toEqual([]);
    expect(leakedIn(JSON.stringify(report, null, 1))).toEqual([]);
  });

  test('and addresses, where they are hidden, are placeholders that stay the same in a run', async () => {
    const log = `${QUIET}ERROR dial 10.1.2.3 refused for jo@shop.example\nERROR dial 10.1.2.3 refused again\n`;
    await using server = await LlmServer.start(
      plays({
        rounds: [[{ name: 'get_logs', arguments: { pod: 'web', namespace: 'calm' } }], [{ name: 'get_logs', arguments: { pod: 'web', grep: '[ip-1]' } }]],
        final: (asked) => ({ narrative: `The Deployment web cannot reach [ip-1] [${idOf(asked, 'refused again')}].`, causes: [], hypotheses: [] }),
      }),
    );
    const redactor = createRedactor({ ips: true, emails: true });
    const { report } = await anInvestigation({ snapshot: aDump({ files: { [LOG]: log } }), ask, server, model: { redactor } });
    expect(server.received).not.toMatch(/10\.1\.2\.3|jo@shop/);
    expect(server.received).toMatch(/dial (\[ip-\d+\]) refused for \[email-\d+\]\\nERROR dial \1 refused again/);
    expect(report.analysis?.narrative ?? report.analysis?.hypotheses[0]?.text).toContain('[ip-1]');
    expect(redactor.restore('[ip-1]')).not.toBe('[ip-1]');
    // Asked for a placeholder, the log answers with its lines, and not with all that hold an i or a p.
    const second = server.asked.at(-1)?.messages.findLast(({ role, content }) => role === 'tool' || content.startsWith('r2:'))?.content ?? '';
    expect(second).toContain('refused again');
    expect(second).not.toContain('GET /cart');
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, describe, expect, test } from 'vitest';
import { DUMPS, type Ended, expectCode, Home, PROGRAM } from '../main/program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());
const DUMP = ['--snapshot', join(DUMPS, 'memory-limit')];

type Content = { content?: readonly { type: string; text?: string }[]; isError?: boolean | undefined };
const textOf = ({ content = [] }: Content): string => content.map(({ text = '' }) => text).join('\n');

/** What every client can do, whichever way it came. */
async function usesIt(client: Client): Promise<void> {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['investigate', 'get_report', 'list_incidents', 'query_graph', 'get_logs', 'list_objects']),
  );
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
  const report = (await client.callTool({ name: 'investigate', arguments: { description: 'checkout keeps restarting', namespace: 'orders' } })) as Content;
  expect(textOf(report)).toContain('Insufficient Memory');
  const stored = (await client.callTool({ name: 'get_report', arguments: { id: 'last', format: 'json' } })) as Content;
  expect(JSON.parse(textOf(stored))).toMatchObject({ verdict: 'root-cause-found' });
  expect(textOf((await client.callTool({ name: 'list_objects', arguments: { kind: 'pods', namespace: 'orders' } })) as Content)).toContain('checkout-6c9f-x1');
  expect(textOf((await client.callTool({ name: 'query_graph', arguments: { ask: 'dependents', name: 'checkout' } })) as Content)).not.toBe('');
  const wrong = (await client.callTool({ name: 'get_object', arguments: { kind: 'Secret', name: 'db' } })) as Content;
  expect([wrong.isError, textOf(wrong)]).toEqual([true, expect.stringContaining('Secrets are never read')]);
}

describe('sre-orch mcp', () => {
  test('serves a client over stdin and stdout', async () => {
    const client = new Client({ name: 'a-test', version: '1.0.0' });
    await client.connect(new StdioClientTransport({ command: process.execPath, args: [PROGRAM, 'mcp', ...DUMP], env: home.env(), stderr: 'ignore' }));
    await usesIt(client);
    await client.close();
  });

  test('serves clients over HTTP, with a token where one is wanted, and no page of a browser', async () => {
    const tokenFile = join(home.path, 'token');
    writeFileSync(tokenFile, 'sesame\n');
    const child = spawn(process.execPath, [PROGRAM, 'mcp', ...DUMP, '--listen', '127.0.0.1:0', '--token-file', tokenFile], {
      env: home.env(),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [line] = (await once(child.stderr.setEncoding('utf8'), 'data')) as [string];
    const url = new URL((JSON.parse(line) as { listening: string }).listening);
    const headers = { authorization: 'Bearer sesame' };
    const client = new Client({ name: 'a-test', version: '1.0.0' });
    await client.connect(new StreamableHTTPClientTransport(url, { requestInit: { headers } }));
    await usesIt(client);
    await client.close();
    expect((await fetch(url, { method: 'POST' })).status).toBe(401);
    expect((await fetch(url, { method: 'POST', headers: { ...headers, origin: 'https://evil.example' } })).status).toBe(403);
    expect((await fetch(new URL('/other', url), { headers })).status).toBe(404);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  });

  test.each([
    [['--listen', '0.0.0.0:0'], '--token-file is needed'],
    [['--listen', 'nowhere'], '--listen needs an address and a port'],
    [['--listen', '127.0.0.1:0', '--token-file', '/nowhere'], '/nowhere'],
  ])('refuses %j', async (args, message) => {
    expect(expectCode(await home.run(['mcp', ...DUMP, ...args]), 2).stderr).toContain(message);
  });
});

describe('sre-orch tools', () => {
  test('lists them without a cluster, and tells of servers that do not answer', async () => {
    const config = join(home.path, 'mcp_config.yaml');
    writeFileSync(config, 'servers: {gone: {command: /nowhere/mcp}, shut: {url: "http://127.0.0.1:4/mcp"}}');
    const { stdout, stderr } = expectCode(await home.run(['tools', 'list', '--mcp-config', config]), 0);
    expect(stdout).toMatch(/get_logs +cluster +Log lines/);
    expect(stdout).not.toContain('search_runbooks');
    expect(stderr).toContain('the MCP server gone does not answer');
    expect(stderr).toContain('the MCP server shut does not answer: connection refused');
  });

  test('explains a rule, and a cause by all its rules', async () => {
    const explain = (id: string): Promise<Ended> => home.run(['tools', 'call', 'explain_rule', JSON.stringify({ id }), ...DUMP]);
    expect(expectCode(await explain('container-oom-killed'), 0).stdout).toContain('Insufficient Memory');
    expect(expectCode(await explain('container-memory-limit-exceeded'), 0).stdout.match(/cause container-memory-limit-exceeded/g)?.length).toBeGreaterThan(1);
    expect(expectCode(await home.run(['tools', 'call', 'explain_rule', ...DUMP]), 1).stdout).toContain('id is missing');
  });

  test('searches runbooks where there are some', async () => {
    const runbooks = join(home.path, 'runbooks');
    mkdirSync(runbooks, { recursive: true });
    writeFileSync(join(runbooks, 'tax.md'), '---\nname: Tax tables\n---\nLoad them anew every January.\n');
    expect(expectCode(await home.run(['tools', 'list', '--runbooks', runbooks]), 0).stdout).toMatch(/search_runbooks +runbooks/);
    const call = ['tools', 'call', 'search_runbooks', '{"words": "tax"}', '--runbooks', runbooks, ...DUMP];
    expect(expectCode(await home.run(call), 0).stdout).toContain('Load them anew every January');
  });

  test('calls one', async () => {
    const { stdout } = expectCode(await home.run(['tools', 'call', 'get_logs', '{"pod": "checkout", "tail": 2}', '-n', 'orders', ...DUMP]), 0);
    expect(stdout.trim().split('\n').length).toBeGreaterThan(0);
    expect(expectCode(await home.run(['tools', 'call', 'get_log', ...DUMP]), 2).stderr).toContain('near: get_logs');
    expect(expectCode(await home.run(['tools', 'call', 'get_logs', 'pod=x', ...DUMP]), 2).stderr).toContain('a JSON object');
    expect(expectCode(await home.run(['tools', 'call', 'describe_object', '{"kind": "Pod", "name": "nobody"}', '-n', 'orders', ...DUMP]), 1).stdout).toContain(
      'not found',
    );
  });
});

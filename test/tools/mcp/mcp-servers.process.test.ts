import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { parseMcpConfig } from '../../../src/tools/mcp/mcp-config.ts';
import { type McpTools, openMcpTools } from '../../../src/tools/mcp/open-mcp-tools.ts';
import { mayWrite } from '../../../src/tools/mcp/writes.ts';
import { ToolBox } from '../../../src/tools/tool-box.ts';
import { CANARIES } from '../../fixtures/canaries.ts';
import { EverythingServer, filesystemServer } from './published-servers.ts';

const SURROUNDINGS = { env: { TOKEN: 't-1' }, insecureHosts: [] };
const NEVER = new AbortController().signal;
const open = (servers: object, within?: readonly string[]): Promise<McpTools> =>
  openMcpTools(parseMcpConfig(JSON.stringify({ servers }), 'mcp_config.yaml', SURROUNDINGS), createRedactor(), NEVER, within);
const text = ({ pieces }: { pieces: readonly { excerpt: string }[] }): string => pieces.map(({ excerpt }) => excerpt).join('\n');

describe('MCP servers', () => {
  test('a published one over stdio: its reads are offered, its writes only where they are named', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sre-orch-files-'));
    writeFileSync(join(folder, 'status.txt'), `payments.example is down since 09:40\n${CANARIES.map(({ line }) => line).join('\n')}\n`);
    await using files = await open({ files: { ...filesystemServer(folder), allow_writes: ['create_directory'] } });
    expect(files.problems).toEqual([]);
    expect(files.refused.map(({ tool }) => tool)).toEqual(expect.arrayContaining(['write_file', 'edit_file', 'move_file']));
    expect(files.tools.map(({ name }) => name)).toEqual(expect.arrayContaining(['files_read_text_file', 'files_list_directory', 'files_create_directory']));
    const box = new ToolBox(files.tools);
    const answer = await box.call('files_read_text_file', { path: join(folder, 'status.txt') }, NEVER);
    expect(text(answer)).toContain('payments.example is down since 09:40');
    expect(CANARIES.filter(({ secret }) => text(answer).includes(secret))).toEqual([]);
    expect(answer.pieces[0]).toMatchObject({ source: 'tool', object: { kind: 'External', name: 'files/read_text_file' } });
    expect((await box.call('files_read_text_file', { path: '/etc/passwd' }, NEVER)).note).toContain('went wrong');
    expect((await box.call('files_write_file', { path: join(folder, 'x'), content: 'x' }, NEVER)).note).toContain('there is no tool');
  });

  test('a published one over HTTP: works again after it was restarted', async () => {
    await using server = await EverythingServer.start();
    await using opened = await open({ all: { url: server.url, tools: ['echo', 'get-*'], headers: { 'x-token': `\${TOKEN}` } } });
    expect(opened.problems).toEqual([]);
    expect(opened.tools.map(({ name }) => name)).toContain('all_echo');
    const box = new ToolBox(opened.tools);
    expect(text(await box.call('all_echo', { message: 'one' }, NEVER))).toContain('one');
    await server.down();
    expect((await box.call('all_echo', { message: 'two' }, NEVER)).pieces).toEqual([]);
    await server.up();
    expect(text(await box.call('all_echo', { message: 'three' }, NEVER))).toContain('three');
  });

  test('that do not start, hang, or are no MCP servers cost only themselves', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sre-orch-files-'));
    const started = performance.now();
    await using opened = await open({
      gone: { command: '/nowhere/mcp-server' },
      silent: { command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], timeout: '1s' },
      chatty: { command: process.execPath, args: ['-e', 'console.log("hello"); setInterval(() => {}, 1000)'], timeout: '1s' },
      refused: { url: 'http://127.0.0.1:1/mcp' },
      off: { command: '/nowhere/else', enabled: false },
      files: filesystemServer(folder),
    });
    expect(opened.problems.map(({ server }) => server).sort()).toEqual(['chatty', 'gone', 'refused', 'silent']);
    expect(opened.tools.length).toBeGreaterThan(3);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

test('for whoever may see some namespaces, those alone are asked that are there for everybody', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sre-orch-files-'));
  await using opened = await open({ files: { ...filesystemServer(folder), every_key: true }, tickets: { command: '/nowhere/mcp-server' } }, ['shop']);
  expect([opened.withheld, opened.problems]).toEqual([['tickets'], []]);
  expect(opened.tools.every(({ name }) => name.startsWith('files_'))).toBe(true);
  await using forAll = await open({ files: filesystemServer(folder) });
  expect([forAll.withheld, forAll.tools.length > 0]).toEqual([[], true]);
});

describe('which tools may write', () => {
  test.each([
    ['read_text_file', {}, false],
    ['get-sum', {}, false],
    ['search_issues', { readOnlyHint: true }, false],
    ['describeRollouts', {}, false],
    ['delete_pod', {}, true],
    ['createIssue', { readOnlyHint: true }, true],
    ['kubectl_apply', {}, true],
    ['query', { readOnlyHint: false }, true],
    ['query', { destructiveHint: true }, true],
  ])('%s %j: %s', (name, annotations, writes) => {
    expect(mayWrite({ name, annotations })).toBe(writes);
  });
});

describe('mcp_config.yaml', () => {
  test.each([
    ['servers: [', 'mcp_config.yaml'],
    ['servers: {a: {command: x, args: y}}', 'servers.a'],
    ['servers: {a: {url: "http://mcp.example/mcp"}}', 'allow it with --insecure-http mcp.example'],
    ['servers: {a: {command: x, env: {KEY: "$' + '{MISSING}"}}}', 'the variable MISSING is not set'],
    ['servers: {"a b": {command: x}}', 'servers.a b'],
    ['servers: {a: {command: x, timeout: soon}}', 'servers.a'],
  ])('%s is refused', (given, message) => {
    expect(() => parseMcpConfig(given, 'mcp_config.yaml', SURROUNDINGS)).toThrow(message);
  });

  test('may be empty', () => {
    expect(parseMcpConfig('# nothing yet\n', 'mcp_config.yaml', SURROUNDINGS)).toEqual({ servers: {} });
  });
});

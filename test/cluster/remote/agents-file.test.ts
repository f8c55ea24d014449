import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type AgentEntry, agentFor, readAgentsFile } from '../../../src/cluster/remote/agents-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'agents-'));
const read = (text: string, insecure: readonly string[] = []): ReturnType<typeof readAgentsFile> => {
  const path = join(folder, 'agents.yaml');
  writeFileSync(path, text);
  return readAgentsFile(path, insecure);
};

describe('the file of agents', () => {
  test('names agents, whose files lie beside it', async () => {
    const agents = await read('agents:\n  prod: { url: "https://agent.sre.svc:8443/", ca: tls/ca.crt, key_file: /run/key }\n');
    expect(agents.get('prod')).toMatchObject({ url: 'https://agent.sre.svc:8443', ca: join(folder, 'tls/ca.crt'), bearerFile: '/run/key' });
  });

  test.each([
    ['an address without TLS', 'agents: { prod: { url: "http://agent.sre.svc" } }', 'without TLS'],
    ['a key and a token', 'agents: { prod: { url: "https://a", key_file: a, token_file: b } }', 'exclude each other'],
    ['a certificate without its key', 'agents: { prod: { url: "https://a", client_cert: a } }', 'need each other'],
    ['a stranger', 'agents: { prod: { url: "https://a", kay_file: a } }', 'kay_file'],
    ['no YAML', 'agents: [', 'unexpected'],
  ])('with %s is refused', async (_what, text, problem) => {
    const error = await read(text).catch((thrown: { code: string; message: string }) => thrown);
    expect(error).toMatchObject({ code: 'AGENTS_INVALID' });
    expect((error as { message: string }).message.toLowerCase()).toContain(problem.toLowerCase());
  });

  test('a host that was named may be spoken to without TLS', async () => {
    expect((await read('agents: { prod: { url: "http://agent.sre.svc:8443" } }', ['agent.sre.svc'])).size).toBe(1);
  });
});

describe('the agent of a cluster', () => {
  const agents = (...names: string[]): Map<string, AgentEntry> => new Map(names.map((name) => [name, { name, url: 'https://a' }]));

  test.each([
    ['prod', ['prod', 'test'], 'prod'],
    [undefined, ['prod'], 'prod'],
    [undefined, ['prod', 'default'], 'default'],
  ])('%s of %s is %s', (cluster, names, chosen) => {
    expect(agentFor(cluster, agents(...names)).name).toBe(chosen);
  });

  test('is never guessed', () => {
    expect(() => agentFor('prd', agents('prod'))).toThrow(expect.objectContaining({ code: 'CLUSTER_UNKNOWN' }));
    expect(() => agentFor(undefined, agents('prod', 'test'))).toThrow(expect.objectContaining({ code: 'CLUSTER_NOT_CHOSEN' }));
  });
});

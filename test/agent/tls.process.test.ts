import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { openAgentTokenReviews } from '../../src/cluster/remote/agent-token-reviews.ts';
import { openRemoteReader } from '../../src/cluster/remote/open-remote-reader.ts';
import { TlsFiles } from '../../src/http/tls-files.ts';
import { SHOP } from '../cluster/fixture.ts';
import { ownAuthority } from '../cluster/live/certificates.ts';
import { type AnAgent, anAgent } from './an-agent.ts';

const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), 'agent-tls-'));
const path = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
let files: { ca: string; cert: string; key: string; clientCert: string; clientKey: string };

beforeAll(async () => {
  const authority = await ownAuthority(folder);
  const server = await authority.issue('agent', 'IP:127.0.0.1,DNS:agent.sre.svc');
  const client = await authority.issue('orchestrator', 'DNS:orchestrator');
  files = {
    ca: path('authority.pem', authority.cert),
    cert: path('server.pem', server.cert),
    key: path('server-key.pem', server.key),
    clientCert: path('client.pem', client.cert),
    clientKey: path('client-key.pem', client.key),
  };
});

const anybody = async (): Promise<{ name: string }> => ({ name: 'anybody' });
const secured = (mutual: boolean, { cert = files.cert, key = files.key, clientCa = files.ca, port = 0 } = {}): Promise<AnAgent> =>
  anAgent({
    fixture: SHOP,
    port,
    tls: new TlsFiles({ cert, key, clientCa: mutual ? clientCa : undefined }),
    admission: { by: 'callers', known: [anybody], certificates: mutual },
  });
const bearer = (): string => path('token', 'x');
const read = async (agent: AnAgent, more: object): Promise<string> => {
  await using reader = await openRemoteReader({ agent: { name: 'lab', url: agent.url, bearerFile: bearer(), ...more }, signal, timeoutMs: 5_000 });
  return (await reader.get('Pod', 'shop', 'checkout-1', signal)).status;
};

describe('TLS between a server and the agent', () => {
  test('is trusted by the authority that the file of agents names', async () => {
    await using agent = await secured(false);
    expect(await read(agent, { ca: files.ca })).toBe('found');
    await expect(read(agent, {})).rejects.toMatchObject({ code: 'AGENT_UNREACHABLE' });
  });

  test('takes the name of the certificate from the file of agents, where the address is another', async () => {
    await using agent = await secured(false);
    expect(await read(agent, { ca: files.ca, serverName: 'agent.sre.svc' })).toBe('found');
    await expect(read(agent, { ca: files.ca, serverName: 'other.sre.svc' })).rejects.toMatchObject({ code: 'AGENT_UNREACHABLE' });
  });

  test('asks for a certificate of the caller, too, where that is wanted', async () => {
    await using agent = await secured(true);
    expect(await read(agent, { ca: files.ca, clientCert: files.clientCert, clientKey: files.clientKey })).toBe('found');
    await expect(read(agent, { ca: files.ca })).rejects.toMatchObject({ code: 'AGENT_REFUSES' });
  });

  test('outlives its authority: what the files hold now is used, without a new start', async () => {
    const first = await secured(false);
    const ca = path('replaced.pem', readFileSync(files.ca, 'utf8'));
    const agent = { name: 'lab', url: first.url, bearerFile: bearer(), ca };
    await using reader = await openRemoteReader({ agent, signal, timeoutMs: 5_000 });
    const tokens = await openAgentTokenReviews(agent, []);
    await first[Symbol.asyncDispose]();
    const another = await ownAuthority(mkdtempSync(join(tmpdir(), 'agent-tls-')));
    const { cert, key } = await another.issue('agent', 'IP:127.0.0.1');
    await using _second = await secured(false, {
      cert: path('second.pem', cert),
      key: path('second-key.pem', key),
      port: Number(new URL(first.url).port),
    });
    const lookup = async (): Promise<object> => reader.get('Pod', 'shop', 'checkout-1', signal);
    expect(await lookup()).toMatchObject({ status: 'not-collected' });
    await expect(tokens.review('x')).rejects.toThrow('certificate');
    writeFileSync(ca, another.cert);
    expect(await lookup()).toMatchObject({ status: 'found' });
    // It speaks to the agent again, whose API server knows of no reviews.
    await expect(tokens.review('x')).rejects.toThrow('create tokenreviews');
  });

  test('shows the certificate that its file holds now, where the former is no longer taken', async () => {
    const first = await secured(true);
    const [clientCert, clientKey] = [path('shown.pem', readFileSync(files.clientCert, 'utf8')), path('shown-key.pem', readFileSync(files.clientKey, 'utf8'))];
    const agent = { name: 'lab', url: first.url, bearerFile: bearer(), ca: files.ca, clientCert, clientKey };
    await using reader = await openRemoteReader({ agent, signal, timeoutMs: 5_000 });
    await first[Symbol.asyncDispose]();
    const another = await ownAuthority(mkdtempSync(join(tmpdir(), 'agent-tls-')));
    await using _second = await secured(true, { clientCa: path('another.pem', another.cert), port: Number(new URL(first.url).port) });
    const { cert, key } = await another.issue('orchestrator', 'DNS:orchestrator');
    writeFileSync(clientCert, cert);
    writeFileSync(clientKey, key);
    expect(await reader.get('Pod', 'shop', 'checkout-1', signal)).toMatchObject({ status: 'found' });
  });

  test('needs a certificate and its key', () => {
    expect(() => new TlsFiles({ cert: files.cert, key: files.clientKey })).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
    expect(() => new TlsFiles({ cert: join(folder, 'none'), key: files.key })).toThrow(expect.objectContaining({ code: 'FILE_UNREADABLE' }));
  });
});

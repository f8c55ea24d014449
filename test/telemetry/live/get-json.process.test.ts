import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { getJson } from '../../../src/telemetry/live/get-json.ts';
import { type AccessOptions, openAccess } from '../../../src/telemetry/live/server-access.ts';
import { ownAuthority } from '../../cluster/live/certificates.ts';
import { json, MisbehavingServer } from './misbehaving-server.ts';

const never = new AbortController().signal;
const LIMITS = { maxBytes: 1024, timeoutMs: 400 };

async function ask(url: string, more: Partial<AccessOptions> = {}, signal = never) {
  const access = await openAccess({ url, tokenFile: undefined, caFile: undefined, ...more });
  return getJson(access, { path: '/api', params: { a: 'b c' }, limits: LIMITS }, signal);
}

const aFile = async (text: string): Promise<string> => {
  const path = join(await mkdtemp(join(tmpdir(), 'sre-orch-')), 'file');
  await writeFile(path, text);
  return path;
};

describe('an answer', () => {
  test('is read below the path of the address, also packed', async () => {
    await using server = await MisbehavingServer.start((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('{"a":1}')));
    expect(await ask(`${server.url}/behind/`)).toMatchObject({ status: 'found', value: { a: 1 } });
    expect(server.seen[0]?.url).toBe('/behind/api?a=b+c');
    expect(server.seen[0]?.method).toBe('GET');
  });

  test.each([
    ['a server error with its own words', json({ status: 'error', error: 'out of memory' }, 503), 'it answers HTTP 503: out of memory'],
    [
      'a server error that is no JSON',
      (_: unknown, response: { writeHead(status: number): { end(text: string): void } }) => response.writeHead(500).end('<html>'),
      'it answers HTTP 500',
    ],
    ['something that is not JSON', (_: unknown, response: { end(text: string): void }) => response.end('<html>hello'), 'its answer is not JSON'],
    ['too much', json('x'.repeat(5_000)), 'its answer has more than 1 KiB'],
    [
      'a redirect, which is not followed',
      (_: unknown, response: { writeHead(status: number, headers: object): { end(): void } }) =>
        response.writeHead(302, { location: 'http://elsewhere.example/' }).end(),
      'it answers HTTP 302',
    ],
    ['nothing', () => {}, 'no answer within 0.4 s'],
    ['a beginning only', (_: unknown, response: { write(text: string): void }) => response.write('{"a":'), 'no answer within 0.4 s'],
    ['an end of the connection', (request: { socket: { destroy(): void } }) => request.socket.destroy(), 'the connection was closed'],
  ])('%s proves nothing, and is told', async (_, answer, reason) => {
    await using server = await MisbehavingServer.start(answer as Parameters<typeof MisbehavingServer.start>[0]);
    expect(await ask(server.url)).toEqual({ status: 'not-collected', needs: `an answer of ${server.url}`, reason });
    expect(server.seen).toHaveLength(1);
  });

  test('that refuses the credentials is forbidden', async () => {
    await using server = await MisbehavingServer.start(json({}, 401));
    expect(await ask(server.url)).toEqual({ status: 'forbidden', needs: `credentials that ${server.url} accepts (it answers HTTP 401)` });
  });

  test('of a server that is not there proves nothing', async () => {
    expect(await ask('http://127.0.0.1:1')).toMatchObject({ status: 'not-collected', reason: 'connection refused' });
  });

  test('is given up with the run', async () => {
    await using server = await MisbehavingServer.start(() => {});
    await expect(ask(server.url, {}, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('credentials', () => {
  test('of the address are sent, and are not in what people see', async () => {
    await using server = await MisbehavingServer.start(json({}, 500));
    const answer = await ask(server.url.replace('://', '://reader:p%40ss@'));
    expect(server.seen[0]?.headers.authorization).toBe(`Basic ${Buffer.from('reader:p@ss').toString('base64')}`);
    expect(JSON.stringify(answer)).not.toMatch(/reader|p%40ss|p@ss/);
  });

  test('of a file are read for every request, as they are rotated', async () => {
    await using server = await MisbehavingServer.start(json({}));
    const tokenFile = await aFile('one\n');
    await ask(server.url, { tokenFile });
    await writeFile(tokenFile, 'two\n');
    await ask(server.url, { tokenFile });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer one', 'Bearer two']);
  });

  test('a certificate is trusted by the authority that is given, and not without', async () => {
    const authority = await ownAuthority(await mkdtemp(join(tmpdir(), 'sre-orch-')));
    await using server = await MisbehavingServer.start(json({ a: 1 }), await authority.issue('server', 'IP:127.0.0.1'));
    expect(await ask(server.url, { caFile: await aFile(authority.cert) })).toMatchObject({ status: 'found' });
    expect(await ask(server.url)).toMatchObject({ status: 'not-collected' });
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { insideOf } from '../../src/net/offline.ts';
import { DUMPS, expectCode, Home } from '../main/program.ts';

const GUARD = join(import.meta.dirname, '../../src/net/offline.ts');

/** Every way of opening a connection, in a process of its own: how each ended, how long it took, and which handles are open. */
const SCRIPT = `
import { forbidOutside } from ${JSON.stringify(GUARD)};
import net from 'node:net';
import tls from 'node:tls';
import http from 'node:http';
import https from 'node:https';
import { request } from 'undici';
forbidOutside();
const server = http.createServer((_, response) => response.end('inside')).listen(0, '127.0.0.1');
await new Promise((done) => server.once('listening', done));
const { port } = server.address();
const resolves = (name, options, done) => options.all ? done(null, [{ address: '203.0.113.7', family: 4 }]) : done(null, '203.0.113.7', 4);
const fails = (emitter) => new Promise((done) => { emitter.on('error', (error) => done(error.code ?? error.message)); emitter.on('connect', () => done('connected')); });
const rejects = (promise) => promise.then(() => 'answered', (error) => { let e = error; while (e.cause) e = e.cause; return e.code ?? e.message; });
const started = performance.now();
const ended = {
  net: await fails(net.connect(443, '203.0.113.7')),
  netOptions: await fails(net.connect({ port: 443, host: '203.0.113.7' })),
  metadata: await fails(net.connect(80, '169.254.169.254')),
  ipv6: await fails(net.connect(443, '2001:db8::7')),
  mapped: await fails(net.connect(443, '::ffff:203.0.113.7')),
  named: await fails(net.connect({ port: 443, host: 'models.example', lookup: resolves })),
  tls: await fails(tls.connect({ port: 443, host: '203.0.113.7' })),
  http: await fails(http.get('http://203.0.113.7/')),
  https: await fails(https.get('https://203.0.113.7/')),
  fetch: await rejects(fetch('https://203.0.113.7/')),
  undici: await rejects(request('https://203.0.113.7/')),
  inside: await (await fetch('http://localhost:' + port + '/').catch(() => fetch('http://127.0.0.1:' + port + '/'))).text(),
};
console.log(JSON.stringify({ ended, ms: performance.now() - started, open: process.getActiveResourcesInfo().filter((name) => name === 'TCPConnectWrap') }));
process.exit(0);
`;

describe('offline', () => {
  test('no client opens a socket to the outside, and all reach the inside', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      timeout: 20_000,
    });
    if (stdout === '') throw new Error(stderr);
    const { ended, open } = JSON.parse(stdout) as { ended: Record<string, string>; open: string[] };
    const { inside, ...outside } = ended;
    expect(new Set(Object.values(outside))).toEqual(new Set(['ADDRESS_NOT_OFFLINE']));
    expect([inside, open]).toEqual(['inside', []]);
  });

  test.each([
    ['127.0.0.1', true],
    ['10.96.0.1', true],
    ['172.31.255.1', true],
    ['172.32.0.1', false],
    ['192.168.1.1', true],
    ['100.64.0.1', true],
    ['8.8.8.8', false],
    ['::1', true],
    ['fd00::1', true],
    ['2606:4700::1111', false],
    ['198.51.100.9', true],
  ])('%s is inside: %s', (address, inside) => {
    expect(insideOf(['198.51.100.9', 'no-address'])(address)).toBe(inside);
  });

  test('a model outside costs a gap that says so, and the investigation goes on', async () => {
    using home = new Home();
    const env = { LLM_BASE_URL: 'https://203.0.113.7/v1', LLM_MODEL: 'large' };
    const args = ['investigate', 'checkout restarts', '--snapshot', join(DUMPS, 'memory-limit'), '--offline', '--no-store', '-o', 'json'];
    const { stdout } = expectCode(await home.run(args, { env }), 0);
    const report = JSON.parse(stdout) as { verdict: string; gaps: { detail?: string }[] };
    expect(report.verdict).toBe('root-cause-found');
    expect(report.gaps.map(({ detail }) => detail).join('\n')).toContain('203.0.113.7 is outside this machine');
  });
});

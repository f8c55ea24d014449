import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { aServer } from './a-server.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const SNIPPETS = [...GUIDE.matchAll(/^```sh server\n(.*?)^```$/gms)].map(([, snippet = '']) => snippet);

test('every snippet of docs/api.md does what it says', async () => {
  await using server = aServer({ byKeys: true });
  const env = { PATH: process.env['PATH'], URL: await server.app.listen({ host: '127.0.0.1', port: 0 }), KEY: server.key() };
  const said: string[] = [];
  for (const snippet of SNIPPETS) {
    said.push((await promisify(execFile)('bash', ['-ec', snippet], { env })).stdout);
    await sleep(100);
  }
  expect(SNIPPETS.length).toBeGreaterThanOrEqual(8);
  const all = said.join('\n');
  for (const part of [
    '"status":"pending"',
    'event: incident-closed',
    'Insufficient Memory',
    '"next_cursor"',
    'event: question-answered',
    '"right":true',
    '"opened":["inc-',
  ])
    expect(all).toContain(part);
  expect(all).not.toContain('"code":"UNEXPECTED"');
}, 60_000);

test('the routes that it names are there', async () => {
  await using server = aServer();
  const { paths } = (await server.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json() as { paths: Record<string, unknown> };
  for (const [, path = ''] of GUIDE.matchAll(/\$URL(\/[\w/.-]+)/g))
    expect(Object.keys(paths)).toContain(path.replace('/last', '/{id}').replace('report.md', 'report.{format}'));
});

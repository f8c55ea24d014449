import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { withRoutes } from '../../scripts/routes-table.ts';
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
    '"status":"found"',
    'event: report-completed',
    'sre_orch_queue_waiting',
  ])
    expect(all).toContain(part);
  expect(all).not.toContain('"code":"UNEXPECTED"');
}, 60_000);

test('its tables hold every route: npm run docs writes them', () => {
  expect(GUIDE).toBe(withRoutes(GUIDE));
});

test('the routes that it names are there, and every one of the API is named or shown', async () => {
  await using server = aServer();
  const { paths } = (await server.app.inject({ url: '/openapi.json', headers: { host: 'localhost' } })).json() as { paths: Record<string, object> };
  const [guide = ''] = GUIDE.split('## The agent');
  const listed = [...guide.matchAll(/^\| `([A-Z]+) (\/\S*)` \|/gm)].map(([, method, path]) => `${method} ${path}`);
  const served = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`));
  expect(listed.sort()).toEqual(served.sort());
  const patterns = Object.keys(paths).map((path) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`));
  const shown = [...GUIDE.matchAll(/\$URL(\/[\w/.-]+)/g)].map(([, path = '']) => path);
  expect(shown.length).toBeGreaterThan(15);
  expect(shown.filter((path) => !patterns.some((pattern) => pattern.test(path)))).toEqual([]);
});

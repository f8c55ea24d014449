import { expect, test } from 'vitest';
import * as z from 'zod';
import { coded } from '../../src/errors/coded-error.ts';
import { buildApp } from '../../src/http/app.ts';
import type { Route, Served } from '../../src/http/route.ts';
import type { Log } from '../../src/log/open-log.ts';

type Line = Readonly<Record<string, unknown>>;
interface Named extends Served {
  readonly principal: { readonly name: string };
  readonly needs: 'writer';
  readonly parts: object;
}

/** What is said of a request: `x-name` says who asks. */
async function said(
  method: 'GET' | 'POST',
  url: string,
  headers: Record<string, string> = { 'x-name': 'pager' },
  payload: object | string = { n: 1 },
): Promise<Line[]> {
  const lines: Line[] = [];
  const write = (about: object, msg: string): void => void lines.push({ ...about, msg });
  const log = { debug: write, info: write, warn: write, error: write, flush: () => {} } as unknown as Log;
  const base = { summary: '', needs: 'writer', answers: {} } as const;
  const body = z.object({ n: z.number() });
  const routes = [
    { ...base, method: 'POST', path: '/things', body, handle: () => ({ status: 202, body: { incident_id: 'inc-1' } }) },
    { ...base, method: 'POST', path: '/things/{id}/end', handle: () => ({ status: 202, body: {} }) },
    { ...base, method: 'POST', path: '/questions', onlyReads: true, handle: () => ({ status: 200, body: {} }) },
    { ...base, method: 'GET', path: '/things', handle: () => ({ status: 200, body: {} }) },
  ] as unknown as Route<Named>[];
  const app = buildApp<Named>({
    routes,
    parts: {},
    log,
    letIn: ({ headers: { 'x-name': name } }) => {
      if (typeof name !== 'string') throw coded('UNAUTHENTICATED', {});
      return { name };
    },
    permit: ({ name }) => {
      if (name === 'reader') throw coded('NOT_PERMITTED', { needs: 'the role writer' });
    },
    auditName: (principal) => ({ who: principal?.name }),
  });
  await app.inject({ method, url, headers, ...(method === 'POST' ? { payload } : {}) });
  return lines.filter(({ msg }) => msg === 'audit');
}

test.each<[string, Promise<Line[]>, object]>([
  ['what it made', said('POST', '/things'), { who: 'pager', route: '/things', incident_id: 'inc-1', status: 202, code: undefined }],
  ['what it was done to', said('POST', '/things/inc-7/end'), { who: 'pager', route: '/things/:id/end', incident_id: 'inc-7', status: 202 }],
  ['who may not', said('POST', '/things', { 'x-name': 'reader' }), { who: 'reader', status: 403, code: 'NOT_PERMITTED' }],
  ['that nobody known asked', said('POST', '/things', {}), { who: undefined, status: 401, code: 'UNAUTHENTICATED' }],
  ['that it was not understood', said('POST', '/things', { 'x-name': 'pager' }, { n: 'hunter2' }), { who: 'pager', status: 400, code: 'REQUEST_INVALID' }],
])('one line tells who asked for a change, and %s', async (_what, telling, line) => {
  const lines = await telling;
  expect(lines).toMatchObject([line]);
  expect(JSON.stringify(lines)).not.toContain('hunter2');
});

test('what only reads is not audited', async () => {
  expect([...(await said('GET', '/things')), ...(await said('POST', '/questions'))]).toEqual([]);
});

import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openApiOf } from '../../src/http/openapi.ts';
import { errorBodySchema } from '../../src/protocol/error-body.ts';
import { ROUTES } from '../../src/server/routes/all.ts';
import { PAGES } from '../../src/server/routes/pages.ts';
import { aServer } from './a-server.ts';
import { MARKUP, requestsOf } from './api-requests.ts';

/** The same ones each time; `npm run gate` sends thousands of others. */
const SAMPLE = 400;
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? SAMPLE);
const ANSWER_MS = 5_000;

describe('whatever is sent', () => {
  test.each([false, true])(
    'is answered in time, without a fault of ours, and never as markup (asks for keys: %s)',
    async (needsKey) => {
      await using server = aServer({ byKeys: needsKey, maxWaiting: 1_000_000 });
      const authorization = `Bearer ${server.key()}`;
      const document = openApiOf([...ROUTES, ...PAGES], { title: 't', version: '0', description: 'd' });
      const requests = requestsOf(document, ['inc-0000000001', 'last', 'md', 'html']);
      await server.app.inject({
        method: 'POST',
        url: '/api/v1/incidents',
        headers: { host: 'localhost', authorization },
        payload: { description: MARKUP, namespace: 'shop' },
      });
      const seen = new Set<number>();
      await fc.assert(
        fc.asyncProperty(requests, fc.boolean(), async (request, signsIn) => {
          const headers = { ...request.headers, ...(needsKey && signsIn ? { authorization } : {}) };
          const late = new AbortController();
          const answer = await Promise.race([server.app.inject({ ...request, headers }), sleep(ANSWER_MS, undefined, { signal: late.signal })]);
          late.abort();
          if (answer === undefined) throw new Error('no answer in time');
          const { statusCode, headers: told, body } = answer;
          seen.add(statusCode);
          expect(statusCode).toBeLessThan(500);
          expect(told['x-content-type-options']).toBe('nosniff');
          const type = String(told['content-type'] ?? '');
          if (type.startsWith('text/html')) expect(body).not.toContain('<xss');
          if (statusCode >= 400 && !type.startsWith('text/html')) errorBodySchema.parse(JSON.parse(body));
          expect(String(told['x-correlation-id'])).toMatch(/^[\w.:-]+$/);
        }),
        { numRuns: Math.ceil(REQUESTS / 2), ...(REQUESTS > SAMPLE ? {} : { seed: 7 }) },
      );
      // It was more than refused at the door.
      expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404, ...(needsKey ? [401] : [202])]));
    },
    600_000,
  );
});

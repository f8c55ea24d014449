import { expect, test } from 'vitest';
import type { LogExcerpt } from '../../../src/domain/log-excerpt.ts';
import { calledEndpoints } from '../../../src/topology/addresses/logged-endpoints.ts';

const hosts = (host: string, example: string): string[] =>
  calledEndpoints({ endpoints: [{ host, port: 443, error: 'timeout', count: 1, lastLine: 1, example, recovered: false }] } as unknown as LogExcerpt).map(
    (endpoint) => endpoint.host,
  );

test('a link to an explanation is no host that was called', () => {
  expect(
    hosts('docs.client.example', 'Timeout awaiting response (please take a look at this article for common issues: https://docs.client.example/timeouts)'),
  ).toEqual([]);
  expect(hosts('go.example', 'timeout, see https://go.example/faq')).toEqual([]);
  expect(hosts('docs.client.example', 'Timeout awaiting response, mgr: 10 of 10 available, async-ops: 116 …')).toEqual([]);
});

test('a URL that was called is one', () => {
  expect(hosts('api.bank.example', 'Get "https://api.bank.example/v1": context deadline exceeded')).toEqual(['api.bank.example']);
  expect(hosts('10.0.0.7', 'connection to the database timed out')).toEqual(['10.0.0.7']);
  expect(hosts('db', 'dial tcp db:443: i/o timeout')).toEqual(['db']);
});

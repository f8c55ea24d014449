import { describe, expect, test } from 'vitest';
import { serverUrlProblem, urlLabel } from '../../src/net/server-url.ts';

describe('the address of a server', () => {
  test.each([
    ['https://prometheus.example'],
    ['http://localhost:9090'],
    ['http://127.0.0.1:9090/path'],
    ['http://127.8.8.8'],
    ['http://[::1]:9090'],
    ['http://prom.localhost'],
    ['http://named.example:9090'],
  ])('%s may be spoken to', (url) => {
    expect(serverUrlProblem(url, ['other', 'Named.example'])).toBeUndefined();
  });

  test.each([
    ['http://prometheus.example', 'without TLS everybody on the way reads along: use https, or allow it with --insecure-http prometheus.example'],
    ['http://127.0.0.1.example', 'without TLS everybody on the way reads along: use https, or allow it with --insecure-http 127.0.0.1.example'],
    ['http://10.0.0.1', 'without TLS everybody on the way reads along: use https, or allow it with --insecure-http 10.0.0.1'],
    ['prometheus:9090', 'an address like https://prometheus.example:9090 is needed'],
    ['ftp://prometheus', 'an address like https://prometheus.example:9090 is needed'],
    ['', 'an address like https://prometheus.example:9090 is needed'],
  ])('%s may not', (url, problem) => {
    expect(serverUrlProblem(url, [''])).toBe(problem);
  });

  test('is told without credentials', () => {
    expect(urlLabel(new URL('https://user:word@prometheus.example:9090/base/?token=x#y'))).toBe('https://prometheus.example:9090/base');
  });
});

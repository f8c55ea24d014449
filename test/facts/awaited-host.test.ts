import { expect, test } from 'vitest';
import { awaitedHost } from '../../src/facts/awaited-host.ts';

test.each([
  ['until nslookup orders-db.shop.svc.cluster.local; do echo waiting; sleep 2; done', 'orders-db.shop.svc.cluster.local'],
  ['while ! nc -z -w 1 cache 6379; do sleep 1; done', 'cache'],
  ['until pg_isready -h orders-db -p 5432; do sleep 1; done', 'orders-db'],
  ['until curl -sf http://config-server:8888/health; do sleep 1; done', 'config-server'],
  ['/wait-for-it.sh -t 60 broker:9092', 'broker'],
  ['dockerize -wait tcp://orders-db:5432 -timeout 60s', 'orders-db'],
  ['nslookup orders-db && migrate up', null],
  ['while true; do sync; sleep 60; done', null],
])('a command that waits names its host: %s', (script, host) => {
  expect(awaitedHost({ name: 'wait', command: ['sh', '-c', script] })).toBe(host);
});

import { describe, expect, test } from 'vitest';
import { findNamedLog } from '../../../../src/cluster/snapshot/logs/named-logs.ts';
import { prefixedLines } from '../../../../src/cluster/snapshot/logs/prefixed-lines.ts';

const POD = 'web-6d4cf56db6-aaaaa';
const wanted = { namespace: 'shop', pod: POD, container: 'app', previous: false, containers: ['app', 'app-proxy'], namespaces: ['shop', 'tools'] };

describe('a log is found by its name', () => {
  test.each([
    [`${POD}_app.log`, true],
    [`logs/${POD}-app.log`, true],
    [`logs/shop/${POD}/app.txt`, true],
    [`namespaces/shop/pods/${POD}/app/current.log`, true],
    [`shop-${POD}.log`, false],
    [`shop_${POD}.log`, false],
    [`kubectl_logs_${POD}_-c_app.txt`, true],
    [`${POD}/logs`, false],
    [`${POD}.log.1`, false],
  ])('%s, named after the container: %s', (path, whole) => {
    expect(findNamedLog([path], wanted)).toMatchObject({ path, whole });
  });

  test.each([`${POD}_app_previous.log`, `${POD}/app/previous.log`, `${POD}-app.prev.log`, `previous/${POD}_app-p.log`])('%s is the run before', (path) => {
    expect(findNamedLog([path], wanted)).toBeUndefined();
    expect(findNamedLog([path], { ...wanted, previous: true })).toMatchObject({ path });
  });

  test.each([
    `${POD}_app-proxy.log`,
    `tools/${POD}_app.log`,
    `tools-${POD}.log`,
    `other-${POD}.log`,
    `${POD}b.log`,
    `${POD}-describe.txt`,
    `${POD}/events.txt`,
    'web.log',
  ])('%s is something else', (path) => {
    expect(findNamedLog([path], wanted)).toBeUndefined();
  });

  test('and the one that names most is taken', () => {
    expect(findNamedLog([`${POD}.log`, `x/shop/${POD}.log`, `${POD}_app.log`], wanted)?.path).toBe(`${POD}_app.log`);
    expect(findNamedLog([`${POD}.log`, `x/shop/${POD}.log`], wanted)?.path).toBe(`x/shop/${POD}.log`);
  });
});

test('lines with a prefix are told apart by pod and container', () => {
  const text = `[pod/a/app] one\n[pod/b/app] two\n[pod/a/app] three\n  at four\n[pod/a/init] five`;
  const found = prefixedLines(text);
  expect(found?.get('a')?.get('app')).toBe('one\nthree\n  at four\n');
  expect(found?.get('a')?.get('init')).toBe('five');
  expect(found?.get('b')?.get('app')).toBe('two\n');
  expect(prefixedLines('[INFO] pod/a/app one')).toBeUndefined();
});

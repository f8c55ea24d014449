import { describe, expect, test } from 'vitest';
import { parseDescription } from '../../../src/evidence/entities/parse-description.ts';

const NOW = new Date('2026-03-01T12:00:00Z');
const parse = (text: string) => parseDescription(text, NOW);
const ANY_WORKLOAD = ['Deployment', 'StatefulSet', 'DaemonSet'];

describe('namespaces', () => {
  test.each([
    ['checkout is failing in namespace shop', ['shop']],
    ['checkout is failing in the shop namespace', ['shop']],
    ['-n shop checkout fails', ['shop']],
    ['--namespace=shop checkout fails', ['shop']],
    ['Namespace: "shop", checkout fails', ['shop']],
    ['ns/shop is broken', ['shop']],
    ['which namespace is broken?', []],
  ])('%s', (text, namespaces) => expect(parse(text).namespaces).toEqual(namespaces));

  test('words behind "in" are places, of which some may be namespaces', () => {
    expect(parse('errors in checkout in production').places).toEqual(['checkout', 'production']);
    expect(parse('it broke in the morning').places).toEqual([]);
  });
});

describe('names', () => {
  test.each([
    ['deployment checkout is down', 'checkout', ['Deployment']],
    ['deployment/checkout is down', 'checkout', ['Deployment']],
    ['pod checkout-7d4f9 crashes', 'checkout-7d4f9', ['Pod']],
    ['service x is down', 'x', ['Service', ...ANY_WORKLOAD]],
    ['the Payment service is slow', 'payment', ['Service', ...ANY_WORKLOAD]],
    ['node worker-3 is NotReady', 'worker-3', ['Node']],
    ['pvc data-db-0 stuck', 'data-db-0', ['PersistentVolumeClaim']],
    ['`cart` keeps restarting', 'cart', []],
    ['deployment called "web" fails', 'web', ['Deployment']],
  ])('%s', (text, name, kinds) => expect(parse(text).mentions).toEqual([{ name, kinds, namespace: undefined }]));

  test('several after one kind, and a namespace before a slash', () => {
    expect(parse('pods web-1 and web-2 crash').mentions.map(({ name }) => name)).toEqual(['web-1', 'web-2']);
    expect(parse('shop/checkout returns 503').mentions).toEqual([{ name: 'checkout', kinds: [], namespace: 'shop' }]);
  });

  test.each([
    'the checkout is failing',
    'Checkout is not responding anymore!',
    'checkout keeps crashing since yesterday',
    'why are there 503 errors from checkout?',
    '😀 checkout 😀',
  ])('everyday words are none: %s', (text) => expect(parse(text)).toMatchObject({ mentions: [], words: ['checkout'] }));

  test.each(['Partial service unreachability.', 'everything is broken', 'pods are in CrashLoopBackOff', 'users get 500 and/or timeouts 24/7'])(
    'nothing is named: %s',
    (text) => {
      const { mentions, words } = parse(text);
      expect([mentions, words]).toEqual([[], []]);
    },
  );
});

describe('what the text is about', () => {
  test.each([
    ['checkout is failing in shop', ['checkout', 'shop']],
    ['why does cart crash?', ['cart']],
    ['is reindex stuck?', ['reindex']],
    ['please check whether mail works', ['mail']],
    ['it was fine; then payments timed out', ['payments']],
    ['nothing works, payments time out', ['payments']],
    ['deployment/ledger restarts', ['ledger']],
    ['deployments ledger and audit restart', ['ledger', 'audit']],
    ['the mail service is down', ['mail']],
    ['pods of ledger crash', []],
    ['checkout-7d4f9 was killed', ['checkout-7d4f9']],
  ])('%s', (text, asked) => expect(parse(text).asked).toEqual(asked));

  test.each([
    'the shop answers 502',
    'our java app is slow',
    'service mesh traffic is slow',
    'visitors get errors in production',
    'everything times out in eu-west-1',
    'half of the requests fail',
    'customers see errors from kafka',
    'Partial service unreachability.',
    'a worker node is full',
  ])('is not said to be a name: %s', (text) => expect(parse(text).asked).toEqual([]));
});

describe('the symptom', () => {
  test.each([
    ['checkout is failing', 'failing'],
    ['web returns 503 and is slow', '503, slow'],
    ['pods are in CrashLoopBackOff and restarting', 'CrashLoopBackOff, restarting'],
    ['connection refused from the db', 'connection refused'],
    ['look at checkout', null],
  ])('%s', (text, symptom) => expect(parse(text).errorSummary).toBe(symptom));
});

describe('the time', () => {
  const window = (from: string | null, to: string | null) => ({ from, to });
  test.each([
    ['since 10:00', window('2026-03-01T10:00:00.000Z', null)],
    ['since 14:00', window('2026-02-28T14:00:00.000Z', null)],
    ['since 2026-02-27T08:30:00+01:00', window('2026-02-27T07:30:00.000Z', null)],
    ['for 20 minutes', window('2026-03-01T11:40:00.000Z', null)],
    ['started 2 hours ago', window('2026-03-01T10:00:00.000Z', null)],
    ['in the last hour', window('2026-03-01T11:00:00.000Z', null)],
    ['for half an hour', window('2026-03-01T11:30:00.000Z', null)],
    ['yesterday at 14:00', window('2026-02-28T13:45:00.000Z', '2026-02-28T14:15:00.000Z')],
    ['at 9:30 am', window('2026-03-01T09:15:00.000Z', '2026-03-01T09:45:00.000Z')],
    ['yesterday', window('2026-02-28T00:00:00.000Z', '2026-03-01T00:00:00.000Z')],
    ['between 9am and 11am', window('2026-03-01T09:00:00.000Z', '2026-03-01T11:00:00.000Z')],
    ['on 2026-02-20', window('2026-02-20T00:00:00.000Z', '2026-02-21T00:00:00.000Z')],
    ['last night', window('2026-02-28T18:00:00.000Z', '2026-03-01T12:00:00.000Z')],
    ['it takes 5 minutes to answer', null],
    ['checkout is down', null],
  ])('%s', (text, expected) => expect(parse(`web fails ${text}`).timeWindow).toEqual(expected));
});

describe('odd input', () => {
  test.each([
    '',
    '   ',
    '!!! ??? … --- ///',
    '😀🔥',
    'a/'.repeat(5_000),
    '-'.repeat(10_000),
    `${'a-'.repeat(5_000)}!`,
    'x'.repeat(10_240),
    '\u0000\u001b[31m',
    '"""```\'\'\'',
    'constructor __proto__ toString',
    '2026-99-99 25:99',
  ])('does not fail (%#)', (text) => {
    const started = performance.now();
    expect(parse(text).text).toBe(text);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});

test('a role may be a name, a path and a URL hold none', () => {
  expect(parse('the db is down').words).toEqual(['db']);
  expect(parse('pay/db is down').mentions).toEqual([{ name: 'db', kinds: [], namespace: 'pay' }]);
  expect(parse('it reads /etc/nginx/conf and http://host/path').mentions).toEqual([]);
});

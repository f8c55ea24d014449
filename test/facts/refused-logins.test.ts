import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { findingsOf, log, service, verdicts, workload } from './network-scene.ts';

/** What stores write when they do not know a user, or not with this password, as drivers of several languages pass it on. */
const WORDS: readonly (readonly [string, number, readonly string[]])[] = [
  [
    'postgres',
    5432,
    [
      'FATAL: password authentication failed for user "svc"',
      'FATAL:  role "svc" does not exist',
      'pq: role "svc" does not exist',
      'FATAL: role "svc" is not permitted to log in',
      'FATAL: no pg_hba.conf entry for host "10.2.3.4", user "svc", database "shop", no encryption',
      'ERROR: no such user: svc',
    ],
  ],
  [
    'mysql',
    3306,
    [
      "Error 1045 (28000): Access denied for user 'svc'@'10.2.3.4' (using password: YES)",
      "Host '10.2.3.4' is not allowed to connect to this MySQL server",
      'ERROR 1862 (HY000): Your password has expired. To log in you must change it using a client that supports expired passwords.',
    ],
  ],
  [
    'mongo',
    27017,
    [
      'MongoServerError: Authentication failed.',
      'auth error: sasl conversation error: unable to authenticate using mechanism "SCRAM-SHA-256": (UserNotFound) Could not find user "svc" for db "shop"',
      "com.mongodb.MongoSecurityException: Exception authenticating MongoCredential{mechanism=SCRAM-SHA-1, userName='svc'}",
      'MongoServerError: not authorized on shop to execute command { find: "orders" }',
    ],
  ],
  [
    'redis',
    6379,
    [
      'WRONGPASS invalid username-password pair or user is disabled.',
      'NOAUTH Authentication required.',
      'ERR invalid password',
      "NOPERM this user has no permissions to run the 'get' command",
      'ERR AUTH <password> called without any password configured for the default user.',
    ],
  ],
  [
    'rabbitmq',
    5672,
    [
      'ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN.',
      'Exception (403) Reason: "username or password not allowed"',
      'Exception (403) Reason: "no access to this vhost"',
      "NOT_ALLOWED - access to vhost 'shop' refused for user 'svc'",
    ],
  ],
  ['kafka', 9092, ['org.apache.kafka.common.errors.SaslAuthenticationException: Authentication failed: Invalid username or password']],
  ['nats', 4222, ['nats: Authorization Violation']],
];

const scene = (store: string, port: number, said: string) => {
  const env = [{ name: 'STORE', value: `${store}:${port}` }];
  const refusal = { number: 95, text: `cannot open store: ${said}`, at: '2026-01-01T11:59:30Z' };
  const objects = [
    ...workload('orders', { ready: false, spec: { containers: [{ name: 'orders', image: 'orders:1', env }] } }),
    ...workload(store, { spec: { containers: [{ name: store, image: `${store}:1`, ports: [{ containerPort: port }] }] } }),
    service(store, { ports: [{ port }] }),
  ];
  return [objects, { logs: [log('orders', { errors: [refusal, refusal, refusal] })] }] as const;
};

/** What the rule asks for that sees only the container, where no store is known. */
const OF_THE_CONTAINER = (() => {
  const rules = parse(readFileSync(resolve(import.meta.dirname, '../../rules/application-logs.yaml'), 'utf8'), { merge: true }) as {
    readonly id: string;
    readonly match?: { readonly said?: { readonly pattern: string } };
  }[];
  const { pattern = '' } = rules.find(({ id }) => id === 'database-credentials-rejected')?.match?.said ?? {};
  return new RegExp(pattern.replace('(?i)', '').replaceAll('(?P<', '(?<'), 'i');
})();

const CASES = WORDS.flatMap(([store, port, words]) => words.map((said) => [store, port, said] as const));

test.each(CASES)('%s %i turns a login away: %s', (store, port, said) => {
  expect(findingsOf(...scene(store, port, said)).map(({ rule_id }) => rule_id)).toContain('database-rejects-credentials');
  expect(verdicts(...scene(store, port, said)).filter((line) => !line.startsWith('('))).toEqual(['database-credentials-rejected on Deployment shop/orders']);
});

test.each(CASES)('%s %i, and nobody knows where it is: %s', (_, __, said) => {
  expect(said).toMatch(OF_THE_CONTAINER);
});

test.each(['Could not find user 42', 'login failed for user 17: wrong password', 'invalid password', 'no such user'])(
  '%s is a slip of those who use it',
  (said) => {
    expect(verdicts(...scene('postgres', 5432, said)).join()).not.toContain('credentials');
    expect(said).not.toMatch(OF_THE_CONTAINER);
  },
);

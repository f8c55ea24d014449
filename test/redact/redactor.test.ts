import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/redact/redactor.ts';

const { text } = createRedactor();
const digits = '0123456789';
const alnum = `aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY${digits}`;
const base64 = (plain: string): string => Buffer.from(plain).toString('base64');

const STAMP = /^2026-\S+ /gm;
const stamped = (log: string): string =>
  log
    .split('\n')
    .map((line, second) => `2026-03-01T10:00:0${second}.123456789Z ${line}`)
    .join('\n');

/** What must vanish, and the text around it. Keys are put together here, so that no scanner takes this file for a leak. */
const CANARIES: readonly (readonly [string, string, (secret: string) => string])[] = [
  ['PEM private key', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj', (s) => `key:\n-----BEGIN RSA PRIVATE KEY-----\n${s}\n-----END RSA PRIVATE KEY-----\nafter`],
  ['PEM in JSON', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj', (s) => `{"tls":"-----BEGIN EC PRIVATE KEY-----\\n${s}\\n-----END EC PRIVATE KEY-----\\n"}`],
  ['PEM cut off', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj', (s) => `-----BEGIN PRIVATE KEY-----\n${s}\n`],
  ['a line of PEM', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj', (s) => s],
  ['JWT', `eyJ${alnum}.eyJ${alnum}.${alnum}`, (s) => `got ${s} from peer`],
  ['Authorization bearer', 'mF_9.B5f-4.1JqM', (s) => `> Authorization: Bearer ${s}`],
  ['Authorization basic', base64('admin:hunter2'), (s) => `Authorization: Basic ${s}`],
  ['Authorization in Go headers', 'mF_9.B5f-4.1JqM', (s) => `map[Accept:[*/*] Authorization:[Bearer ${s}]]`],
  ['Authorization in JSON', 'opaque-value-1', (s) => `{"authorization":"${s}","host":"db"}`],
  ['bearer alone', 'Zm9vYmFyMTIzNDU2', (s) => `using bearer ${s}`],
  ['basic alone', base64('svc:s3cr3t-pw'), (s) => `curl -H "Basic ${s}"`],
  ['Set-Cookie', 'sid=31d4d96e407aad42', (s) => `Set-Cookie: ${s}; HttpOnly`],
  ['X-Api-Key header', 'k-31d4d96e', (s) => `X-Api-Key: ${s}`],
  ['URL password', 'p/4ss@w0rd'.replace('/', '%2F'), (s) => `dial postgres://app:${s}@db.shop:5432/orders?sslmode=disable failed`],
  ['URL taken for a path', 'hunter2', (s) => `path not allowed: /srv/postgres:/app:${s}@db.shop:5432/orders`],
  ['redis URL without user', 'hunter2', (s) => `redis://:${s}@cache:6379/0`],
  ['token in URL', `x${alnum}`, (s) => `git clone https://${s}@git.example.com/a.git`],
  ['Go MySQL DSN', 'hunter2', (s) => `open root:${s}@tcp(db:3306)/orders`],
  ['Oracle thin', 'tiger7', (s) => `jdbc:oracle:thin:scott/${s}@db:1521:orcl`],
  ['ADO connection string', 'Pa55;'.slice(0, 4), (s) => `Server=db;User Id=sa;Password=${s};Encrypt=true`],
  ['libpq keywords', 'hunter2', (s) => `host=db user=app password=${s} dbname=orders`],
  ['JDBC query', 'hunter2', (s) => `jdbc:postgresql://db/orders?user=app&password=${s}&ssl=true`],
  ['Azure SAS', 'mF9B5f41JqM%2Fabc', (s) => `https://x.blob.core.windows.net/c?sv=2020&sig=${s}&se=2026`],
  ['Azure account key', `${alnum}==`, (s) => `DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=${s};`],
  ['S3 presigned', 'fe5f80f77d5fa3beca038a248ff027d0', (s) => `GET /b/o?X-Amz-Date=1&X-Amz-Signature=${s}`],
  ['passwd=', 'hunter2', (s) => `passwd=${s}`],
  ['pwd:', 'hunter2', (s) => `pwd: ${s}`],
  ['YAML with spaces', 'correct horse battery', (s) => `db:\n  password: ${s}\n  host: db`],
  ['JSON password', 'h"u\\"'.slice(0, 1).concat('unter2'), (s) => `{"user":"app","password":"${s}","port":5432}`],
  ['JSON in JSON', 'hunter2', (s) => `{"msg":"{\\"password\\":\\"${s}\\"}"}`],
  ['Java toString', 'hunter2', (s) => `Config(user=app, password=${s}, port=5432)`],
  ['Go struct', 'hunter2', (s) => `{User:app Password:${s} Host:db}`],
  ['Ruby hash', 'hunter2', (s) => `{:user=>"app", "password"=>"${s}"}`],
  ['client secret', 'zX8-abc', (s) => `oauth: client_secret=${s}`],
  ['camel case', 'zX8-abc', (s) => `clientSecret: ${s}`],
  ['api key', 'zX8abc12', (s) => `api_key=${s}`],
  ['token in a query', 'zX8abc12', (s) => `GET /v1/items?access_token=${s}&page=2 200`],
  ['flag', 'hunter2', (s) => `mysqld --user=root --password ${s} --port 3306`],
  ['kubeadm token', 'abcdef.0123456789abcdef', (s) => `kubeadm join 10.0.0.1:6443 --token ${s}`],
  ['requirepass', 'hunter2', (s) => `redis-server --requirepass ${s}`],
  ['redis.conf', 'hunter2', (s) => `requirepass ${s}`],
  ['mysql option', 'hunter2', (s) => `+ mysql -h db -uroot -p${s} orders -e 'select 1'`],
  ['mysqldump option in quotes', 'hunter two', (s) => `mysqldump --single-transaction -p"${s}" orders > /backup/orders.sql`],
  ['redis-cli option', 'hunter2', (s) => `redis-cli -h cache -p 6379 -a ${s} ping`],
  ['curl option', 'hunter2', (s) => `curl -sf -u admin:${s} http://search:9200/_cluster/health`],
  ['curl long option', 'hunter2', (s) => `curl --user 'admin:${s}' http://search:9200`],
  ['sshpass option', 'hunter2', (s) => `sshpass -p ${s} ssh ops@node-1`],
  ['XML element', 'hunter2', (s) => `<server><username>app</username><password>${s}</password></server>`],
  ['XML element with a prefix', 'zX8-abc', (s) => `<ns:clientSecret>${s}</ns:clientSecret>`],
  ['a sentence', 'hunter2', (s) => `Initial password for user admin is "${s}", change it`],
  ['SQL identified by', 'hunter2', (s) => `CREATE USER app IDENTIFIED BY '${s}'`],
  ['SQL password', 'hunter2', (s) => `ALTER ROLE app WITH PASSWORD '${s}'`],
  ['env in JSON', 'hunter2', (s) => `{"name":"DB_PASSWORD","value":"${s}"}`],
  ['env in YAML', 'hunter2', (s) => `env:\n- name: DB_PASSWORD\n  value: ${s}\n- name: PORT\n  value: "80"`],
  ['env in Go', 'hunter2', (s) => `EnvVar{Name:DB_PASSWORD,Value:${s},ValueFrom:nil}`],
  ['env export', 'hunter2', (s) => `export SMTP_PASS=${s}`],
  ['AWS access key', `AKIA${'ABCDEFGHIJKLMNOP'}`, (s) => `using ${s} in eu-west-1`],
  ['AWS secret key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', (s) => `aws_secret_access_key = ${s}`],
  ['GCP key', `AIza${'SyA1234567890abcdefghijklmnopqrstuv'}`, (s) => `key ${s}!`],
  ['GCP OAuth', `ya29.${alnum}`, (s) => `creds ${s}`],
  ['Azure client secret', `abc8Q~${'a'.repeat(34)}`, (s) => `secret value ${s}`],
  ['GitHub', `ghp_${alnum}`, (s) => `remote: ${s}`],
  ['GitHub fine-grained', `github_pat_${alnum}`, (s) => `remote: ${s}`],
  ['GitLab', `glpat-${alnum.slice(0, 20)}`, (s) => `remote: ${s}`],
  ['Slack', `xoxb-${digits}-${alnum}`, (s) => `slack ${s}`],
  ['Slack webhook', `T0000/B0000/${alnum}`, (s) => `POST https://hooks.slack.com/services/${s}`],
  ['Stripe', `sk_live_${alnum}`, (s) => `stripe ${s}`],
  ['OpenAI', `sk-proj-${alnum}`, (s) => `Incorrect API key provided ${s}`],
  ['Anthropic', `sk-ant-api03-${alnum}`, (s) => `x ${s}`],
  ['Hugging Face', `hf_${alnum}`, (s) => `x ${s}`],
  ['npm', `npm_${alnum.slice(0, 36)}`, (s) => `x ${s}`],
  ['Docker Hub', `dckr_pat_${alnum.slice(0, 27)}`, (s) => `x ${s}`],
  ['Vault', `hvs.${alnum}`, (s) => `x ${s}`],
  ['SendGrid', `SG.${alnum.slice(0, 22)}.${alnum}`, (s) => `x ${s}`],
  ['dockerconfigjson', base64('{"auths":{}}'), (s) => `.dockerconfigjson: ${s}`],
  ['docker auth', base64('robot:hunter2'), (s) => `{"auths":{"r.example.com":{"auth":"${s}"}}}`],
  ['Secret in JSON', 'aHVudGVyMg==', (s) => `{"apiVersion":"v1","kind":"Secret","data":{"anything":"${s}"}}`],
  ['Secret in YAML', 'aHVudGVyMg==', (s) => `apiVersion: v1\nkind: Secret\ndata:\n  anything: ${s}\nmetadata:\n  name: db`],
  ['kubeconfig', base64('key'.repeat(30)), (s) => `    client-key-data: ${s}`],
];

/** What must stay, letter by letter. */
const INNOCENTS = [
  'pulled cache:/shop/web:1.2@sha256:0123456789abcdef',
  'pod shop/checkout-7d9f8b6c5-x2x4z is waiting: CrashLoopBackOff',
  'Failed to pull image "registry.example.com/shop/api@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"',
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  'uid 0b8a7c1e-5f5e-4a3c-9d7e-2f1b6c3d4e5f resourceVersion 123456789',
  'dial tcp 10.96.0.10:5432: connect: connection refused',
  'dial tcp: lookup db.shop.svc.cluster.local on 10.96.0.10:53: no such host',
  'http://checkout.shop:8080/healthz returned 503',
  'MountVolume.SetUp failed for volume "creds" : secret "db-credentials" not found',
  "couldn't find key password in Secret shop/db-credentials",
  'Error: secret "db-credentials" not found',
  'secretName: db-credentials',
  '"secretKeyRef":{"name":"db-credentials","key":"password"}',
  '{"secret":{"secretName":"db-credentials"}}',
  'klog: "Unable to mount" pod="shop/checkout-1" secret="shop/db-credentials"',
  'FATAL: password authentication failed for user "app"',
  'FATAL:  no pg_hba.conf entry for host "10.0.0.1", user "app", database "orders"',
  'failed to refresh token: unauthorized',
  'MountVolume.SetUp failed for volume "kube-api-access-x" : failed to fetch token: serviceaccounts "importer" not found',
  'failed to refresh token: Get "https://idp.example.com/token": dial tcp 10.0.0.1:443: i/o timeout',
  'could not verify token: oauth2: cannot fetch token: 401 Unauthorized',
  'invalid password: must be at least 8 characters',
  'error: You must be logged in to the server (Unauthorized): bearer token expired',
  'WWW-Authenticate: Bearer realm="https://auth.example.com/token"',
  'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  'Basic authentication is disabled',
  'automountServiceAccountToken: true',
  'serviceAccountToken:\n  expirationSeconds: 3607\n  path: token',
  '/var/run/secrets/kubernetes.io/serviceaccount/token: no such file or directory',
  'tokenFile=/var/run/secrets/token PASSWORD_FILE=/run/secrets/db',
  'token: $(DB_TOKEN)',
  `password: ${'$'}{DB_PASSWORD}`,
  'PWD=/app/server',
  'max_tokens: 4096 tokens=12',
  'passed=12 bypass=false compass: north',
  'serviceaccounts "checkout" is forbidden: User "system:serviceaccount:shop:default" cannot get resource',
  '0/3 nodes are available: 3 Insufficient memory. preemption: 0/3 nodes are available',
  'kind: SecretStore',
  'reading user@host.example.com:22 over ssh',
  'nginx:1.29@sha256:0000 k8s.gcr.io/pause:3.9',
  'x-request-id=31d4d96e407aad42 trace_id=4bf92f3577b34da6a3ce929d0e0e4736',
  'Type=kubernetes.io/dockerconfigjson',
  'mysql -h db -P 3306 -u root -p orders',
  'mysql: [ERROR] unknown option -q; see mysqld --help',
  'redis-cli -h cache -p 6379 ping && ls -a /data',
  'curl -sf http://search:9200/_cluster/health -o /dev/null; psql -U app',
  '<token/><passwordPolicy>strict</passwordPolicy>',
  'password of user "app" is expired',
  'the task-runner risk-score is 7 for sk-a',
];

describe('the redactor', () => {
  test.each(CANARIES)('takes out: %s', (_, secret, around) => {
    const clean = text(around(secret));
    expect(clean).not.toContain(secret);
    expect(clean).toContain('[redacted:');
    expect(text(clean)).toBe(clean);
  });

  test.each(CANARIES)('takes out of a log that bears the times of its lines: %s', (_, secret, around) => {
    const log = stamped(around(secret));
    expect(text(log)).not.toContain(secret);
    expect(text(log).replaceAll(STAMP, '')).toBe(text(around(secret)));
    expect(text(text(log))).toBe(text(log));
  });

  test('a cookie before something that is gone already', () => {
    expect(text('Cookie: session=abcdef0123; https://a.example/?sig=abcdef0123456789')).toBe('Cookie: [redacted:cookie]');
  });

  test('the lines behind a block that is gone keep their times', () => {
    const log = ['before', '-----BEGIN PRIVATE KEY-----', 'MIIEvQIBADANBgkqh', '-----END PRIVATE KEY-----', 'after', 'password=hunter2', 'last'].join('\n');
    expect(text(stamped(log)).split('\n')).toEqual([
      '2026-03-01T10:00:00.123456789Z before',
      '2026-03-01T10:00:01.123456789Z [redacted:private-key]',
      '2026-03-01T10:00:04.123456789Z after',
      '2026-03-01T10:00:05.123456789Z password=[redacted:password]',
      '2026-03-01T10:00:06.123456789Z last',
    ]);
  });

  test('knows at least 30 kinds of secret', () => {
    expect(CANARIES.length).toBeGreaterThanOrEqual(30);
  });

  test.each(INNOCENTS)('leaves: %s', (line) => {
    expect(text(line)).toBe(line);
  });

  test('keeps user, host and port of a connection string: they are evidence', () => {
    expect(text('postgres://app:hunter2@db.shop:5432/orders')).toBe('postgres://app:[redacted:password]@db.shop:5432/orders');
  });

  test('keeps a document valid JSON', () => {
    const json = JSON.stringify({ password: 'a"b', nested: { api_key: 'zX8abc12', host: 'db' }, list: ['token=abc123'] });
    expect(JSON.parse(text(json))).toEqual({
      password: '[redacted:password]',
      nested: { api_key: '[redacted:key]', host: 'db' },
      list: ['token=[redacted:token]'],
    });
  });

  test('hides addresses by option, each behind one placeholder, and puts them back', () => {
    const redactor = createRedactor({ ips: true, emails: true });
    const line = 'dial 10.0.0.1:5432 from 10.0.0.2, again 10.0.0.1, fe80::1:2, version 1.2.3.4.5 mail ops@example.com';
    const hidden = redactor.text(line);
    expect(hidden).toBe('dial [ip-1]:5432 from [ip-2], again [ip-1], [ip-3], version 1.2.3.4.5 mail [email-4]');
    expect(redactor.text(hidden)).toBe(hidden);
    expect(redactor.restore(hidden)).toBe(line);
    expect(redactor.restore('[ip-99]')).toBe('[ip-99]');
  });

  test.each([
    ['letters', 'a'.repeat(300_000)],
    ['words', 'password '.repeat(30_000)],
    ['keys without values', 'token=&'.repeat(40_000)],
    ['openings', '-----BEGIN RSA PRIVATE KEY-----\n'.repeat(10_000)],
    ['urls', '://a:b'.repeat(50_000)],
    ['urls as paths', 'aa:/a:b'.repeat(40_000).concat('@')],
    ['quotes', 'password="\\"\\"'.repeat(20_000)],
    ['dots', 'eyJ.'.repeat(70_000)],
    ['colons', ':'.repeat(200_000)],
    ['hex', 'ab:'.repeat(70_000)],
    ['ats', '@'.repeat(200_000)],
    ['data', '{"kind":"Secret","data":{'.repeat(12_000)],
    ['yaml', 'kind: Secret\ndata:\n  a: b\n'.repeat(10_000)],
    ['names', 'name: A_TOKEN '.repeat(20_000)],
    ['flags', '--'.repeat(100_000)],
    ['authorizations', 'authorization: '.repeat(20_000)],
    ['blocks between times', '2026-03-01T10:00:00.123456789Z -----BEGIN PRIVATE KEY-----\n2026-03-01T10:00:00.123456789Z a=b\n'.repeat(8_000)],
    ['base64', `${'A1b'.repeat(100_000)}!`],
  ])('needs no more than linear time: %s', (_, hostile) => {
    const started = performance.now();
    createRedactor({ ips: true, emails: true }).text(hostile);
    expect(performance.now() - started).toBeLessThan(1500);
  });
});

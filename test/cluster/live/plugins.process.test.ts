import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { SHOP } from '../fixture.ts';
import { type FakeApiServer, failure, openFakeApiServer } from './fake-api-server.ts';

const { signal } = new AbortController();

interface Stage extends AsyncDisposable {
  readonly server: FakeApiServer;
  /** How often the plugin ran. */
  runs(): Promise<number>;
  open(ask?: (text: string) => void): Promise<ClusterReader>;
}

/** An API server that takes the tokens in `accepted`, and a kubeconfig whose user has an exec plugin: `body` is its shell script. */
async function stage(
  body: string,
  { accepted = ['token-1'], exec = {}, user = {} }: { accepted?: string[]; exec?: object; user?: object } = {},
): Promise<Stage> {
  const server = await openFakeApiServer({
    fixture: SHOP,
    fault: ({ headers }) =>
      accepted.includes((headers.authorization ?? '').replace('Bearer ', '')) ? undefined : failure(401, 'Unauthorized', 'Unauthorized'),
    user: { ...user, exec: { apiVersion: 'client.authentication.k8s.io/v1', command: './plugin.sh', ...exec } },
  });
  const plugin = join(server.folder, 'plugin.sh');
  await writeFile(plugin, `#!/bin/sh\necho run >> "$(dirname "$0")/runs"\nrun=$(wc -l < "$(dirname "$0")/runs" | tr -d ' ')\n${body}\n`);
  await chmod(plugin, 0o755);
  return {
    server,
    runs: async () => (await readFile(join(server.folder, 'runs'), 'utf8')).split('\n').length - 1,
    open: (ask) => openLiveReader({ kubeconfig: server.kubeconfig, env: {}, ask }),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

const answer = (token: string, expires = '2099-01-01T00:00:00Z'): string =>
  `echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"${token}","expirationTimestamp":"${expires}"}}'`;
const numbered = answer('token-RUN').replace('RUN', `'"$run"'`);

describe('an exec plugin', () => {
  test('beside the kubeconfig is run once, and its token sent with every request', async () => {
    await using staged = await stage(numbered);
    await using reader = await staged.open();
    await reader.list('Pod', { namespace: 'shop' }, signal);
    expect(staged.server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-1']);
    expect(await staged.runs()).toBe(1);
  });

  test('is told by KUBERNETES_EXEC_INFO what is wanted, and about the cluster when it asks', async () => {
    await using staged = await stage(`printf %s "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/info"\n${numbered}`, {
      exec: { provideClusterInfo: true, env: [{ name: 'REGION', value: 'north' }], args: ['get-token'] },
    });
    await using _ = await staged.open();
    const info: unknown = JSON.parse(await readFile(join(staged.server.folder, 'info'), 'utf8'));
    expect(info).toMatchObject({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      spec: { interactive: false, cluster: { server: staged.server.url } },
    });
  });

  test('is run again when the server refuses its token, once for however many requests', async () => {
    const accepted = ['token-1'];
    await using staged = await stage(numbered, { accepted });
    await using reader = await staged.open();
    accepted[0] = 'token-2';
    const lookups = await Promise.all(['shop', 'vault', 'other'].map((namespace) => reader.list('Pod', { namespace }, signal)));
    expect(lookups.map(({ status }) => status)).toEqual(['found', 'found', 'found']);
    expect(await staged.runs()).toBe(2);
  });

  test('whose new token is refused too ends with CREDENTIALS_REJECTED', async () => {
    await using staged = await stage(numbered, { accepted: [] });
    await expect(staged.open()).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    expect(await staged.runs()).toBe(2);
  });

  test('is run anew when its token has expired', async () => {
    await using staged = await stage(answer('token-RUN', '2020-01-01T00:00:00Z').replace('RUN', `'"$run"'`), { accepted: ['token-1', 'token-2', 'token-3'] });
    await using reader = await staged.open();
    await reader.list('Pod', { namespace: 'shop' }, signal);
    expect(await staged.runs()).toBeGreaterThan(1);
  });

  test.each([
    ['Never', true, 'false'],
    ['IfAvailable', true, 'true'],
    ['IfAvailable', false, 'false'],
    ['Always', true, 'true'],
  ])('with interactiveMode %s and a terminal: %s, is told interactive: %s', async (interactiveMode, terminal, interactive) => {
    const body = `printf %s "$KUBERNETES_EXEC_INFO" > "$(dirname "$0")/info"\nprintf 'Enter the code: ' >&2\n${numbered}`;
    await using staged = await stage(body, { exec: { interactiveMode } });
    const asked: string[] = [];
    await using _ = await staged.open(terminal ? (text) => asked.push(text) : undefined);
    expect(await readFile(join(staged.server.folder, 'info'), 'utf8')).toContain(`"interactive":${interactive}`);
    expect(asked.join('')).toBe(interactive === 'true' ? 'Enter the code: ' : '');
  });

  test.each([
    ['Always', /plugin\.sh asks a person \(interactiveMode: Always\), and standard input is no terminal/],
    ['Sometimes', /unknown interactiveMode Sometimes/],
  ])('with interactiveMode %s and no terminal is CREDENTIALS_UNAVAILABLE, and not run', async (interactiveMode, message) => {
    await using staged = await stage(numbered, { exec: { interactiveMode } });
    await expect(staged.open()).rejects.toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', message: expect.stringMatching(message) });
    await expect(staged.runs()).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('sends the groups of an impersonation beside its token', async () => {
    await using staged = await stage(numbered, {
      user: { as: 'jo', 'as-groups': ['sre', 'night'], 'as-uid': '7', 'as-user-extra': { 'Acme/Shift': ['late'] } },
    });
    await using _ = await staged.open();
    const { headers } = staged.server.requests[0] ?? { headers: {} };
    expect(headers).toMatchObject({
      'impersonate-user': 'jo',
      'impersonate-group': 'sre, night',
      'impersonate-uid': '7',
      'impersonate-extra-acme%2fshift': 'late',
    });
  });

  test.each<[string, string, object, RegExp]>([
    ['fails', 'echo "session expired, sign in again" >&2; exit 1', {}, /session expired, sign in again/],
    ['fails without a word', 'exit 3', {}, /failed without a word/],
    ['answers nonsense', 'echo eyJhbGciOiJIUzI1NiJ9.secret', {}, /are no credentials/],
    ['answers without credentials', 'echo "{}"', {}, /are no credentials/],
    ['is not installed', '', { command: 'no-such-plugin', installHint: 'Install it with brew.' }, /not installed .*no-such-plugin.*Install it with brew/],
    ['waits for a person', 'read answer; test -n "$answer"', {}, /failed without a word/],
  ])('that %s is CREDENTIALS_UNAVAILABLE, without what it printed', async (_, body, exec, message) => {
    await using staged = await stage(body, { exec });
    const error = await staged.open().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CREDENTIALS_UNAVAILABLE', message: expect.stringMatching(message), row: { exitCode: 3 } });
    expect(String(error)).not.toContain('eyJ');
  });
});

test('an auth provider that only a command of its own can ask is asked by the Kubernetes client', async () => {
  const config = { 'cmd-path': 'sh', 'cmd-args': '-c printenv', 'access-token': 'token-1', expiry: '2099-01-01T00:00:00Z' };
  await using server = await openFakeApiServer({ fixture: SHOP, user: { 'auth-provider': { name: 'gcp', config } } });
  await using _ = await openLiveReader({ kubeconfig: server.kubeconfig, env: {} });
  expect(server.requests[0]?.headers.authorization).toBe('Bearer token-1');
});

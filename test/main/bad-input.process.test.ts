import { cpSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterAll, describe, expect, test } from 'vitest';
import { type Report, reportSchema } from '../../src/domain/report.ts';
import { SHOP } from '../cluster/fixture.ts';
import { failure, openFakeApiServer } from '../cluster/live/fake-api-server.ts';
import { DUMPS, type Ended, expectCode, Home } from './program.ts';

const home = new Home();
afterAll(() => home[Symbol.dispose]());

const DUMP = join(DUMPS, 'memory-limit');
const ask = (snapshot: string, ...more: string[]): string[] => ['investigate', 'checkout is failing', '--no-store', '--snapshot', snapshot, ...more];

/** The dump as a gzipped tar, with entries of one's own. */
async function archive(name: string, entries: Readonly<Record<string, string>>): Promise<string> {
  const tar = pack();
  for (const [path, text] of Object.entries(entries)) tar.entry({ name: path }, text);
  tar.finalize();
  const path = join(home.path, name);
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  writeFileSync(path, gzipSync(Buffer.concat(chunks)));
  return path;
}

/** One message with a code and a next step, nothing on stdout, no stack trace. */
function expectError(ended: Ended, exitCode: number, message: RegExp): void {
  const { stdout, stderr } = expectCode(ended, exitCode);
  expect(stdout).toBe('');
  expect(stderr.match(/^error [A-Z_]+: /gm)).toHaveLength(1);
  expect(stderr).toMatch(message);
  expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/^ {2}\S/);
}

const reportOf = async (snapshot: string): Promise<Report> => reportSchema.parse(JSON.parse(expectCode(await home.run(ask(snapshot, '-o', 'json')), 0).stdout));

const objects = Object.fromEntries(
  [
    'nodes.json',
    'snapshot-info.json',
    ...['pods', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'services', 'events'].map((kind) => `orders/${kind}.json`),
  ].map((path) => [path, readFileSync(join(DUMP, path), 'utf8')]),
);

describe('the question', () => {
  test.each([[''], ['   '], ['\n\t']])('an empty description %j', async (words) => {
    expectError(await home.run(['investigate', words, '--snapshot', DUMP]), 2, /^error DESCRIPTION_EMPTY: There is nothing to investigate/);
  });

  test('times that are none: every one of them', async () => {
    const ended = await home.run(ask(DUMP, '--since', 'yesterday', '--until', '2026-13-01'));
    expectError(ended, 2, /2 settings are not valid: .*--until needs a time like 30m.*"2026-13-01".*--since needs.*"yesterday"/);
  });

  test('a window that ends before it begins', async () => {
    expectError(await home.run(ask(DUMP, '--since', '10m', '--until', '1h')), 2, /--since is later than --until/);
  });

  test('a namespace that the dump does not hold, with near names', async () => {
    expectError(await home.run(ask(DUMP, '-n', 'oders')), 2, /^error NAMESPACE_NOT_COLLECTED: The dump holds nothing of namespace oders; near: orders\.\n/m);
    expectError(await home.run(ask(DUMP, '-n', 'zebra')), 2, /nothing of namespace zebra; it holds .*orders/);
  });

  test('ten kilobytes of it', async () => {
    const { stdout } = expectCode(await home.run(['investigate', 'checkout is failing again '.repeat(410), '--no-store', '--snapshot', DUMP]), 0);
    expect(stdout).toMatch(/^\S+ Root cause: Insufficient Memory/);
    expect(stdout.length).toBeLessThan(10_000);
  });

  test('control characters in it never reach the terminal', async () => {
    const words = 'checkout\u0007 \u001b[31mfails\u001b]0;title\u0007 \u202eback\u009b2J';
    const { stdout, stderr } = expectCode(await home.run(['investigate', words, '--snapshot', DUMP, '--verbose']), 0);
    const listed = expectCode(await home.run(['list']), 0).stdout;
    const shown = expectCode(await home.run(['show', 'last']), 0).stdout;
    const markdown = expectCode(await home.run(['show', 'last', '-o', 'markdown']), 0).stdout;
    const refused = expectCode(await home.run(['show', words]), 1).stderr;
    for (const text of [stdout, stderr, listed, shown, markdown, refused]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }
    expect(listed).toContain('checkout fails');
  });

  test('a secret in it reaches neither the report nor the store', async () => {
    using own = new Home();
    const secret = 'Tr0ub4dor-and-3';
    const { stdout } = expectCode(await own.run(['investigate', `login fails with password=${secret}`, '--snapshot', DUMP, '-o', 'jsonl']), 0);
    expect(stdout).not.toContain(secret);
    expect(expectCode(await own.run(['list', '-o', 'json']), 0).stdout).not.toContain(secret);
    for (const file of ['incidents.db', 'incidents.db-wal']) {
      const path = join(own.data, 'sre-orch', file);
      expect(expectCode(await own.shell(`grep -c '${secret}' '${path}' 2>/dev/null || true`), 0).stdout).not.toMatch(/^[1-9]/);
    }
  });
});

describe('the dump', () => {
  test('is not there', async () => {
    expectError(await home.run(ask('/nowhere')), 2, /^error SNAPSHOT_NOT_FOUND: There is no dump at \/nowhere\.\n/);
  });

  test('is a link that leads to itself', async () => {
    const loop = join(home.path, 'loop');
    symlinkSync(loop, loop);
    expectError(await home.run(ask(loop)), 1, /^error SNAPSHOT_UNREADABLE/);
  });

  test('is an empty folder', async () => {
    mkdirSync(join(home.path, 'empty'));
    expectError(await home.run(ask('empty')), 2, /^error SNAPSHOT_EMPTY: /);
  });

  test('is a folder of something else', async () => {
    mkdirSync(join(home.path, 'other'));
    writeFileSync(join(home.path, 'other/notes.txt'), 'nothing to see');
    writeFileSync(join(home.path, 'other/package.json'), '{"name":"x"}');
    expectError(await home.run(ask('other')), 2, /^error SNAPSHOT_NOT_RECOGNISED: other is no cluster dump/);
  });

  test('is a file that is no archive', async () => {
    writeFileSync(join(home.path, 'words.tar.gz'), 'these are words, not an archive');
    expectError(await home.run(ask('words.tar.gz')), 1, /^error ARCHIVE_CORRUPT: Nothing could be read from the archive words\.tar\.gz/);
  });

  test('is an archive: read as a folder is', async () => {
    expect((await reportOf(await archive('good.tar.gz', objects))).root_causes.map(({ cause_id }) => cause_id)).toEqual(['container-memory-limit-exceeded']);
  });

  test('is an archive that was cut on the way: what came before is read, and the rest is named', async () => {
    const filler = Array.from({ length: 20_000 }, () => Math.random().toString(36)).join('\n');
    const path = await archive('cut.tar.gz', { ...objects, 'orders/zz/logs.txt': filler });
    truncateSync(path, 60_000);
    const report = await reportOf(path);
    expect(report.root_causes[0]?.cause_id).toBe('container-memory-limit-exceeded');
    expect(JSON.stringify(report.gaps)).toMatch(/cut\.tar\.gz|archive/);
  });

  test.each(['../outside.json', '/etc/outside.json', 'orders/../../outside.json'])('is an archive with the entry %s', async (entry) => {
    const path = await archive('unsafe.tar.gz', { ...objects, [entry]: '{}' });
    expectError(await home.run(ask(path)), 1, /^error ARCHIVE_UNSAFE: The archive .* is refused: its entry ".*outside\.json"/);
  });

  test('holds a file that may have been anything: it is named', async () => {
    const folder = join(home.path, 'damaged-loose');
    mkdirSync(folder);
    cpSync(join(DUMP, 'orders', 'pods.json'), join(folder, 'pods.json'));
    writeFileSync(join(folder, 'everything.yaml'), 'items: [1, {');
    const { gaps } = await reportOf(folder);
    expect(gaps.filter(({ what }) => what === 'a part of the dump')).toMatchObject([{ detail: 'everything.yaml: it is not valid YAML at line 1' }]);
    expect(JSON.stringify(gaps).match(/everything/g)).toHaveLength(1);
  });

  test.each([
    ['half a JSON file', 'services.json', '{"kind":"ServiceList","apiVersion":"v1","items":[{"metadata":{"name":"ch'],
    ['no JSON at all', 'services.json', 'Unable to connect to the server'],
    ['zero bytes', 'services.json', ''],
  ])('holds %s: the file is named, the rest is read', async (what, file, text) => {
    const folder = join(home.path, `damaged-${what.replaceAll(' ', '-')}`);
    cpSync(DUMP, folder, { recursive: true });
    writeFileSync(join(folder, 'orders', file), text);
    const report = await reportOf(folder);
    expect(report.root_causes[0]?.cause_id).toBe('container-memory-limit-exceeded');
    expect(JSON.stringify(report.gaps)).toContain(`orders/${file}`);
  });
});

describe('the store', () => {
  const withStore = (...more: string[]): string[] => ['investigate', 'checkout is failing', '--snapshot', DUMP, '--quiet', ...more];

  test('is damaged: kept aside, said, and the answer is given', async () => {
    using own = new Home();
    mkdirSync(join(own.data, 'sre-orch'), { recursive: true });
    writeFileSync(join(own.data, 'sre-orch/incidents.db'), 'no database '.repeat(100));
    const { stdout, stderr } = expectCode(await own.run(withStore()), 0);
    expect(stdout).toMatch(/Root cause: Insufficient Memory/);
    expect(stderr).toMatch(/^note: The store was damaged\. It is kept as .*incidents\.db\.corrupt-.*; a new one was begun\.\n$/);
    const aside = /kept as (.*?);/.exec(stderr)?.[1] ?? '';
    expect(readFileSync(aside, 'utf8')).toMatch(/^no database/);
    expect(expectCode(await own.run(['list']), 0).stderr).toBe('');
  });

  test.each<[string, string]>([
    ['where a file is', 'file'],
    ['where nothing can be made', '/proc/nowhere'],
  ])('cannot be made %s: a warning, and the answer is given', async (_, where) => {
    using own = new Home();
    writeFileSync(join(own.path, 'file'), '');
    const folder = where.startsWith('/') ? where : join(own.path, where);
    const { stdout, stderr } = expectCode(await own.run(withStore('--data-dir', join(folder, 'store'))), 0);
    expect(stdout).toMatch(/Root cause: Insufficient Memory/);
    expect(stderr).toMatch(/^warning STORE_UNAVAILABLE: The store .*incidents\.db cannot be used: .*\n$/);
    expectError(await own.run(['list', '--data-dir', join(folder, 'store')]), 1, /^error STORE_UNAVAILABLE/);
  });

  test('has no home: a warning, and the answer is given', async () => {
    const env = { HOME: undefined, XDG_DATA_HOME: undefined, XDG_CONFIG_HOME: undefined };
    const { stdout, stderr } = expectCode(await home.run(withStore(), { env }), 0);
    expect(stdout).toMatch(/Root cause: Insufficient Memory/);
    expect(stderr).toMatch(/^warning STORE_UNAVAILABLE: .*there is no home folder/);
    expectError(await home.run(['list'], { env }), 1, /^error STORE_UNAVAILABLE/);
  });

  test('lies on a full disk: a warning, and the answer is given', async ({ skip }) => {
    using own = new Home();
    const disk = join(own.path, 'disk');
    mkdirSync(disk);
    const mounted = await own.shell(`mount -t tmpfs -o size=64k tmpfs '${disk}'`);
    if (mounted.code !== 0) skip(`no small disk can be mounted here: ${mounted.stderr.trim()}`);
    try {
      const { stdout, stderr } = expectCode(await own.run(withStore('--data-dir', join(disk, 'store'))), 0);
      expect(stdout).toMatch(/Root cause: Insufficient Memory/);
      expect(stderr).toMatch(
        /^warning STORE_FULL: The disk that holds the store .* is full; this investigation was not kept\. Free some space, or pass --data-dir DIR on another disk\.\n$/,
      );
    } finally {
      await own.shell(`umount '${disk}'`);
    }
  });

  test('is held by another process for too long', async () => {
    using own = new Home();
    expectCode(await own.run(withStore('--data-dir', own.path)), 0);
    using other = new DatabaseSync(join(own.path, 'incidents.db'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
    const { stdout, stderr } = expectCode(await own.run(withStore('--data-dir', own.path)), 0);
    expect(stdout).toMatch(/Root cause: Insufficient Memory/);
    expect(stderr).toMatch(/^warning STORE_LOCKED: The store .* stayed locked by another process\. Try again in a moment\.\n$/);
    expectError(await own.run(['list', '--data-dir', own.path]), 1, /^error STORE_LOCKED/);
  }, 60_000);
});

describe('the credentials', () => {
  const expired = `${btoa('{"alg":"RS256"}')}.${btoa('{"exp":1700000000}')}.x`;

  test.each<[string, object, string]>([
    ['none', {}, 'the kubeconfig holds none'],
    ['expired', { token: expired }, 'the token expired on 2023-11-14T22:13:20.000Z'],
    ['of a plugin that is not installed', { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'no-such-plugin' } }, 'is not installed'],
  ])('%s: one message that says so', async (_, user, reason) => {
    await using server = await openFakeApiServer({ fixture: SHOP, user, fault: () => failure(401, 'Unauthorized', 'Unauthorized') });
    const ended = await home.run(['investigate', 'checkout is failing', '--no-store', '--kubeconfig', server.kubeconfig]);
    expectError(ended, 3, /^error CREDENTIALS_(?:REJECTED|UNAVAILABLE): /);
    expect(ended.stderr).toContain(reason);
    expect(ended.stderr).not.toContain('eyJ');
  });
});

describe('the terminal', () => {
  const command = `$SRE investigate 'checkout is failing' --snapshot '${DUMP}' --no-store`;

  test.each(['text', 'jsonl', 'json'])('a reader that leaves early (%s | head -1) is no error', async (output) => {
    const { stdout, stderr } = expectCode(await home.shell(`${command} --quiet -o ${output} | head -1; exit \${PIPESTATUS[0]}`), 0);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  test('nobody who reads stderr is no error either', async () => {
    expectCode(await home.shell(`${command} 2>&1 >out | head -1; exit \${PIPESTATUS[0]}`), 0);
    expect(readFileSync(join(home.path, 'out'), 'utf8')).toMatch(/Root cause: [\s\S]*\nsre-orch \d/);
  });

  test('a closed stdin is not needed', async () => {
    expectCode(await home.shell(`${command} --quiet <&-`), 0);
  });

  test('a full disk behind stdout is one clear error', async () => {
    const { stderr } = expectCode(await home.shell(`${command} --quiet >/dev/full`), 1);
    expect(stderr).toMatch(/^error OUTPUT_FAILED: The answer could not be written: ENOSPC/);
  });

  test.each<Record<string, string>>([{ NO_COLOR: '1' }, { TERM: 'dumb' }, { CI: 'true' }, { TERM: 'xterm-256color', COLORTERM: 'truecolor' }])(
    'no colour where nobody watches: %j',
    async (env) => {
      expect(expectCode(await home.run(ask(DUMP), { env }), 0).stdout.includes('\u001b')).toBe(false);
    },
  );

  test.each([60, 120])('text is set to COLUMNS=%i', async (width) => {
    const { stdout } = expectCode(await home.run(ask(DUMP), { env: { COLUMNS: String(width) } }), 0);
    const prose = stdout.split('\n').filter((line) => !/^ *(\$|See) |status\.|spec\./.test(line));
    expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(Math.max(...prose.map((line) => line.length))).toBeGreaterThan(width - 12);
  });
});

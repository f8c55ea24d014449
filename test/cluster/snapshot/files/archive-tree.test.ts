import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterReader } from '../../../../src/cluster/reader.ts';
import { type OpenSnapshotOptions, openSnapshotReader } from '../../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { SHOP } from '../../fixture.ts';
import { clusterInfoDumpOf, entriesOf, type TarEntry, tarOf, temporaryFolder } from '../dump-files.ts';

const { signal } = new AbortController();
const dump = entriesOf(clusterInfoDumpOf(SHOP));

async function over(bytes: Buffer, ask: (reader: ClusterReader) => Promise<void>, options: OpenSnapshotOptions = {}): Promise<void> {
  await using folder = await temporaryFolder();
  await using spool = await temporaryFolder();
  const path = join(folder.path, 'dump.tgz');
  await writeFile(path, bytes);
  try {
    await using reader = await openSnapshotReader(path, { temporaryFolder: spool.path, ...options });
    await ask(reader);
  } finally {
    expect(await readdir(spool.path)).toEqual([]);
  }
}

const refused = async (entry: TarEntry): Promise<unknown> => over(await tarOf([...dump, entry]), async () => undefined).catch((error: unknown) => error);

describe('an archive', () => {
  test.each([
    ['a parent folder', { name: '../../etc/passwd' }],
    ['a parent folder within', { name: 'shop/../../x' }],
    ['an absolute path', { name: '/etc/passwd' }],
    ['a Windows path', { name: 'C:\\Windows\\x' }],
    ['backslashes', { name: '..\\..\\x' }],
    ['a symbolic link out', { name: 'shop/link', type: 'symlink', linkname: '../../outside' }],
    ['an absolute link', { name: 'link', type: 'symlink', linkname: '/etc' }],
    ['a hard link out', { name: 'link', type: 'link', linkname: '../outside' }],
  ] as const)('with %s is refused as path traversal', async (_, entry) => {
    const error = await refused(entry);
    expect(error).toMatchObject({ code: 'ARCHIVE_UNSAFE' });
    expect(String(error)).toContain('path traversal');
  });

  test('passes over links inside and over devices, and says of the links', async () => {
    const extra: TarEntry[] = [
      { name: 'shop/again', type: 'symlink', linkname: './pods.json' },
      { name: 'pipe', type: 'fifo' },
      { name: './shop', type: 'directory' },
    ];
    await over(await tarOf([...extra, ...dump]), async (reader) => {
      expect(reader.problems).toEqual(['shop/again is a link and was not followed']);
      expect((await reader.get('Pod', 'shop', 'checkout-1', signal)).status).toBe('found');
    });
  });

  test('may be a plain tar, with one folder around everything', async () => {
    const inside = dump.map((entry) => ({ ...entry, name: `./shop-dump/${entry.name}` }));
    await over(await tarOf(inside, false), async (reader) => {
      expect(reader.asOf).toBe('2026-03-01T12:00:00Z');
      expect((await reader.get('Pod', 'shop', 'nobody', signal)).status).toBe('not-found');
    });
  });

  test('that was cut gives what came before the cut', async () => {
    const noise = Array.from({ length: 4000 }, (_, index) => (index * 2654435761) % 4294967296).join(' ');
    const bytes = await tarOf([...dump, { name: 'shop/checkout-2/logs.txt', text: noise }]);
    await over(bytes.subarray(0, bytes.length - 4000), async (reader) => {
      expect(reader.problems).toEqual(['the archive could not be read to its end (it ends in the middle); what came before is used']);
      expect((await reader.get('Pod', 'shop', 'checkout-1', signal)).status).toBe('found');
    });
  });

  test.each([
    ['text', Buffer.from('this is no archive')],
    ['gzip of nothing', Buffer.from([0x1f, 0x8b, 8, 0, 0])],
  ])('that is none (%s) is an error', async (_, bytes) => {
    await expect(over(bytes, async () => undefined)).rejects.toMatchObject({ code: 'ARCHIVE_CORRUPT' });
  });

  test('without files is empty, and without bytes too', async () => {
    await expect(over(await tarOf([]), async () => undefined)).rejects.toMatchObject({ code: 'SNAPSHOT_EMPTY' });
    await expect(over(Buffer.alloc(0), async () => undefined)).rejects.toMatchObject({ code: 'SNAPSHOT_EMPTY' });
  });

  test.each([
    ['files', { maxFiles: 3 }],
    ['bytes', { maxBytes: 2000 }],
  ])('with too many %s is refused', async (_, limits) => {
    await expect(over(await tarOf(dump), async () => undefined, { limits })).rejects.toMatchObject({ code: 'SNAPSHOT_TOO_LARGE' });
  });

  test('that unpacks to far more than it is, is refused', async () => {
    const bomb = await tarOf([{ name: 'a.json', text: Buffer.alloc(70 * 1024 ** 2) }]);
    await expect(over(bomb, async () => undefined, { limits: { maxRatio: 100 } })).rejects.toMatchObject({ code: 'SNAPSHOT_TOO_LARGE' });
  });

  test('is given up on an abort', async () => {
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(over(await tarOf(dump), async () => undefined, { signal: aborted })).rejects.toThrow('enough');
  });
});

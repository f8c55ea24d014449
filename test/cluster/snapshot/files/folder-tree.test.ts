import { symlink, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TREE_LIMITS } from '../../../../src/cluster/snapshot/files/file-tree.ts';
import { openFolderTree } from '../../../../src/cluster/snapshot/files/folder-tree.ts';
import { openSnapshotReader } from '../../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { temporaryFolder, writeFiles } from '../dump-files.ts';

const { signal } = new AbortController();
const PODS = JSON.stringify({ kind: 'PodList', items: [{ metadata: { name: 'ä', namespace: 'shop' } }] });

describe('a folder', () => {
  test('is read without following links, which are named', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'shop/pods.json': PODS });
    await symlink('/etc', join(folder.path, 'etc'));
    await symlink('pods.json', join(folder.path, 'shop/again.json'));
    const tree = await openFolderTree(folder.path, DEFAULT_TREE_LIMITS);
    expect(tree.paths).toEqual(['shop/pods.json']);
    expect([...tree.problems].sort()).toEqual(['etc is a link and was not followed', 'shop/again.json is a link and was not followed']);
  });

  test('gives the end of a file that is too long, and the time of the newest', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'a.txt': '0123456789', 'b.txt': '' });
    await utimes(join(folder.path, 'a.txt'), 0, new Date('2026-01-01T00:00:00Z'));
    await utimes(join(folder.path, 'b.txt'), 0, new Date('2025-01-01T00:00:00Z'));
    const tree = await openFolderTree(folder.path, DEFAULT_TREE_LIMITS);
    const { bytes, cut } = await tree.read('a.txt', 4);
    expect([bytes.toString(), cut]).toEqual(['6789', 'start']);
    expect(await tree.newestFileTime()).toBe('2026-01-01T00:00:00.000Z');
  });

  test('too deep is not read, and said', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { [`${'d/'.repeat(26)}a.json`]: '1', 'b.json': '1' });
    const tree = await openFolderTree(folder.path, DEFAULT_TREE_LIMITS);
    expect(tree.paths).toEqual(['b.json']);
    expect(tree.problems[0]).toMatch(/lies too deep/);
  });
});

test.each([
  ['UTF-8', Buffer.from(PODS)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${PODS}`)],
  ['UTF-16, as PowerShell writes it', Buffer.from(`\uFEFF${PODS}`, 'utf16le')],
])('text in %s', async (_, bytes) => {
  await using folder = await temporaryFolder();
  await using reader = await openSnapshotReader(await writeFiles(folder.path, { 'pods.json': bytes }));
  expect((await reader.get('Pod', 'shop', 'ä', signal)).status).toBe('found');
});

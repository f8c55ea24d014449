import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { DEFAULT_TREE_LIMITS } from '../../../../src/cluster/snapshot/files/file-tree.ts';
import { openFolderTree } from '../../../../src/cluster/snapshot/files/folder-tree.ts';
import { withGzippedFiles } from '../../../../src/cluster/snapshot/files/gzipped-files.ts';
import { openSnapshotReader } from '../../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { type DumpFiles, tarOf, temporaryFolder, writeFiles } from '../dump-files.ts';

const { signal } = new AbortController();
const names = Array.from({ length: 300 }, (_, index) => `checkout-${(index * 2654435761) % 4294967296}`);
const PODS = JSON.stringify({ kind: 'PodList', items: names.map((name) => ({ metadata: { name, namespace: 'shop' } })) });
const LOG = names.map((name) => `started ${name}\n`).join('');
const packed: DumpFiles = {
  'shop/pods.json.gz': gzipSync(PODS),
  [`shop/${names[0]}/app.log.gz`]: gzipSync(LOG),
  'nodes.json': '{"kind":"NodeList","items":[]}',
};

/** What is said of the pods of such a dump. */
async function podsIn(files: DumpFiles): Promise<{ items: number; problems: readonly string[] }> {
  await using folder = await temporaryFolder();
  await using reader = await openSnapshotReader(await writeFiles(folder.path, files));
  const lookup = await reader.list('Pod', { namespace: 'shop' }, signal);
  if (lookup.status === 'found') return { items: lookup.value.items.length, problems: lookup.value.problems };
  return { items: 0, problems: lookup.status === 'not-collected' ? [lookup.reason ?? ''] : [] };
}

describe('gzipped files in a dump', () => {
  test('are read unpacked, in a folder and in an archive', async () => {
    expect(await podsIn(packed)).toEqual({ items: 300, problems: [] });
    await using folder = await temporaryFolder();
    const archive = await tarOf(Object.entries(packed).map(([name, text]) => ({ name, text })));
    await writeFiles(folder.path, { 'dump.tgz': archive });
    await using reader = await openSnapshotReader(join(folder.path, 'dump.tgz'));
    expect((await reader.get('Pod', 'shop', names[7] ?? '', signal)).status).toBe('found');
  });

  test('that were cut give what came before, and are named', async () => {
    const whole = gzipSync(PODS);
    const cut = await podsIn({ ...packed, 'shop/pods.json.gz': whole.subarray(0, whole.length - 200) });
    expect(cut.items).toBeGreaterThan(100);
    expect(cut.items).toBeLessThan(300);
    expect(cut.problems).toEqual([expect.stringContaining('shop/pods.json')]);
  });

  test('that are damaged, or none, are named', async () => {
    const damaged = Buffer.from(gzipSync(PODS));
    damaged.fill(0x58, 40, 400);
    expect(await podsIn({ ...packed, 'shop/pods.json.gz': damaged })).toEqual({ items: 0, problems: ['shop/pods.json: its compressed data is damaged'] });
    expect((await podsIn({ ...packed, 'shop/pods.json.gz': PODS })).problems).toEqual([expect.stringMatching(/^shop\/pods\.json: /)]);
  });

  test('that unpack to more than is taken in are refused', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'zeros.log.gz': gzipSync(Buffer.alloc(4 * 1024 ** 2)) });
    const tree = withGzippedFiles(await openFolderTree(folder.path, DEFAULT_TREE_LIMITS));
    await expect(tree.read('zeros.log', 1024 ** 2)).rejects.toThrow('it unpacks to more than 1 MiB');
  });

  test('do not hide what lies there unpacked, nor an archive', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'a.log': 'plain', 'a.log.gz': gzipSync('packed'), 'b.tar.gz': 'x' });
    const tree = withGzippedFiles(await openFolderTree(folder.path, DEFAULT_TREE_LIMITS));
    expect(tree.paths).toEqual(['a.log', 'a.log.gz', 'b.tar.gz']);
  });

  test('of objects alone are a dump, too', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'pods.json.gz': gzipSync(PODS) });
    await using reader = await openSnapshotReader(join(folder.path, 'pods.json.gz'));
    expect((await reader.get('Pod', 'shop', names[0] ?? '', signal)).status).toBe('found');
  });
});

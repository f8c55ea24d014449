import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLiveReader } from '../../../src/cluster/live/open-live-reader.ts';
import { openSnapshotReader } from '../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { writeSnapshot } from '../../../src/cluster/snapshot/write-snapshot.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { SHOP } from '../fixture.ts';
import { openFakeApiServer } from '../live/fake-api-server.ts';
import { temporaryFolder } from './dump-files.ts';

const { signal } = new AbortController();

test.each([{ namespaces: [] }, { namespaces: ['shop'] }])('a dump of a live cluster answers as it did: $namespaces', async ({ namespaces }) => {
  await using folder = await temporaryFolder();
  await using server = await openFakeApiServer({ fixture: SHOP });
  await using live = await openLiveReader({ kubeconfig: server.kubeconfig, env: {} });
  const summary = await writeSnapshot({ reader: live, namespaces, out: join(folder.path, 'dump'), redactor: createRedactor(), signal });
  await using dump = await openSnapshotReader(summary.path);

  for (const reader of [live, dump]) {
    expect(await reader.list('Pod', { namespace: 'shop' }, signal)).toMatchObject({ status: 'found', value: { problems: [], items: { length: 3 } } });
    expect((await reader.get('StatefulSet', 'shop', 'db', signal)).status).toBe('not-found');
    expect((await reader.get('Node', undefined, 'node-9', signal)).status).toBe('not-found');
    expect((await reader.get('VolumeAttachment', undefined, 'csi-1', signal)).status).toBe('not-collected');
    expect(await reader.logs({ namespace: 'shop', pod: 'checkout-1', container: 'app', previous: true }, signal)).toMatchObject({
      value: { text: 'fatal: out of stock\n' },
    });
  }
  expect(dump.asOf).toBe(live.asOf);
  expect(server.requests.filter(({ path }) => path.includes('/secrets'))).toEqual([]);
  expect(await readdir(folder.path)).toEqual(['dump']);
});

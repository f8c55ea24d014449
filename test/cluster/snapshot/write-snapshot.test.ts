import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ClusterReader } from '../../../src/cluster/reader.ts';
import { openSnapshotReader } from '../../../src/cluster/snapshot/open-snapshot-reader.ts';
import { type WriteSnapshotOptions, writeSnapshot } from '../../../src/cluster/snapshot/write-snapshot.ts';
import { type Kind, resourceType } from '../../../src/domain/kubernetes/resource-type.ts';
import { createRedactor } from '../../../src/redact/redactor.ts';
import { SECRET_VALUE, SHOP } from '../fixture.ts';
import { clusterInfoDumpOf, type DumpFiles, supportBundleOf, temporaryFolder, writeFiles } from './dump-files.ts';

const { signal } = new AbortController();
const CANARY = 'hunter2-canary';
const list = (...items: unknown[]): string => JSON.stringify({ kind: 'List', items });

interface Scene extends AsyncDisposable {
  readonly folder: string;
  readonly reader: ClusterReader;
  readonly write: (out: string, options?: Partial<WriteSnapshotOptions>) => ReturnType<typeof writeSnapshot>;
}

async function scene(files: DumpFiles): Promise<Scene> {
  const folder = await temporaryFolder();
  const reader = await openSnapshotReader(await writeFiles(join(folder.path, 'source'), files));
  return {
    folder: folder.path,
    reader,
    write: (out, options = {}) => writeSnapshot({ reader, namespaces: ['shop'], out: join(folder.path, out), redactor: createRedactor(), signal, ...options }),
    [Symbol.asyncDispose]: async () => {
      await reader[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Everything that can be asked, as text. */
async function answers(reader: ClusterReader, kinds: readonly Kind[]): Promise<string> {
  const lists = [];
  for (const kind of kinds) for (const namespace of ['shop', 'vault', 'nowhere']) lists.push([kind, namespace, await reader.list(kind, { namespace }, signal)]);
  const logs = [];
  for (const pod of ['checkout-1', 'checkout-2', 'catalog-1', 'nobody']) {
    for (const previous of [false, true]) logs.push(await reader.logs({ namespace: 'shop', pod, container: 'app', previous }, signal));
  }
  return JSON.stringify({ asOf: reader.asOf, namespace: reader.defaultNamespace, lists, logs }).replace(/"bytes":\d+/g, '');
}

const KINDS: readonly Kind[] = ['Namespace', 'Node', 'Pod', 'Deployment', 'ConfigMap', 'VolumeAttachment', 'StatefulSet'];

describe('a dump of a dump', () => {
  test.each(['copy', 'copy.tar.gz'])('answers as the first one: %s', async (out) => {
    await using at = await scene(clusterInfoDumpOf({ ...SHOP, nameless: { kind: 'Lease', namespace: 'none' } }));
    const summary = await at.write(out, { namespaces: [] });
    await using copy = await openSnapshotReader(summary.path);
    expect(await answers(copy, KINDS)).toBe(await answers(at.reader, KINDS));
    expect(summary).toMatchObject({ namespaces: ['shop', 'vault'], logs: 3, gaps: [{ kind: 'ConfigMap', namespace: 'vault', why: 'forbidden' }] });
    expect((await readdir(at.folder)).sort()).toEqual([out, 'source']);
  });

  test('holds of one namespace what is around it, and not the others', async () => {
    await using at = await scene({
      ...clusterInfoDumpOf(SHOP),
      'kube-node-lease/leases.json': list({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'node-1' } }),
    });
    await using copy = await openSnapshotReader((await at.write('copy')).path);
    expect((await copy.get('Lease', 'kube-node-lease', 'node-1', signal)).status).toBe('found');
    expect((await copy.get('Pod', 'vault', 'keeper-1', signal)).status).toBe('not-collected');
    expect(copy.defaultNamespace).toBe('shop');
  });

  test('holds the logs of the system pods that are in trouble or resolve names', async () => {
    const pod = (name: string, ready: boolean, labels = {}) => ({
      kind: 'Pod',
      metadata: { namespace: 'kube-system', name, labels },
      spec: { containers: [{ name: 'main' }] },
      status: { phase: 'Running', containerStatuses: [{ name: 'main', ready, restartCount: 0 }] },
    });
    const pods = [pod('proxy', false), pod('meter', true), pod('dns', true, { 'k8s-app': 'kube-dns' })];
    const log = (name: string) => [`kube-system/${name}/logs.txt`, `of ${name}\n`];
    await using at = await scene({
      ...clusterInfoDumpOf(SHOP),
      'kube-system/pods.json': list(...pods),
      ...Object.fromEntries(['proxy', 'meter', 'dns'].map(log)),
    });
    const { path } = await at.write('copy');
    expect((await readdir(join(path, 'kube-system'))).sort()).toEqual(['dns', 'pods.json', 'proxy']);
  });

  test('is readable by its owner only', async () => {
    await using at = await scene(clusterInfoDumpOf(SHOP));
    const modes = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;
    const { path } = await at.write('copy');
    expect([await modes(path), await modes(join(path, 'shop')), await modes(join(path, 'shop/pods.json'))]).toEqual([0o700, 0o700, 0o600]);
    expect(await modes((await at.write('copy.tgz')).path)).toBe(0o600);
  });

  test('tells of its progress', async () => {
    await using at = await scene(clusterInfoDumpOf(SHOP));
    const told: string[] = [];
    await at.write('copy', { onProgress: ({ what }) => told.push(what) });
    expect(told).toEqual(expect.arrayContaining(['nodes', 'pods in shop', 'logs of shop/checkout-1']));
    expect(told.filter((what) => what.startsWith('secrets'))).toEqual([]);
  });
});

describe('no secret is in a dump', () => {
  const files = {
    ...clusterInfoDumpOf(SHOP),
    'shop/pods.json': list({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'checkout-1',
        namespace: 'shop',
        annotations: { 'kubectl.kubernetes.io/last-applied-configuration': `{"a":"${CANARY}"}`, team: 'x' },
        managedFields: [{ manager: 'kubectl', operation: 'Update', time: '2026-01-01T00:00:00Z', fieldsV1: { 'f:spec': {} } }],
      },
      spec: { containers: [{ name: 'app', env: [{ name: 'DB_PASSWORD', value: CANARY }], args: ['--token', CANARY] }] },
    }),
    'shop/configmaps.json': list({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'shop' }, data: { 'a.ini': `password=${CANARY}` } }),
    'shop/checkout-1/logs.txt': `dial postgres://app:${CANARY}@db:5432 failed\n`,
    'alerts.json': `[{"labels":{"password":"${CANARY}"}}]`,
    'metrics.om': `up{url="http://a:${CANARY}@b"} 1 1\n`,
    'connectivity.json': `{"password":"${CANARY}"`,
  };

  test.each([false, true])('with names of Secrets: %s', async (secretNames) => {
    await using at = await scene(files);
    const { path } = await at.write('copy', { secretNames });
    const texts = await Promise.all(
      (await readdir(path, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8')),
    );
    expect(texts.join('\n')).not.toContain(CANARY);
    expect(texts.join('\n')).not.toContain(SECRET_VALUE);
    expect(texts.join('\n')).not.toMatch(/last-applied|fieldsV1/);
    expect(texts.some((text) => text.includes('checkout-db'))).toBe(secretNames);
    expect(JSON.parse(await readFile(join(path, 'alerts.json'), 'utf8'))).toEqual([{ labels: { password: '[redacted:password]' } }]);
  });
});

describe('all or nothing', () => {
  test('what is there is not overwritten', async () => {
    await using at = await scene(clusterInfoDumpOf(SHOP));
    await mkdir(join(at.folder, 'copy'));
    await expect(at.write('copy')).rejects.toMatchObject({ code: 'SNAPSHOT_OUT_EXISTS' });
  });

  test('a folder that is not there is an error of its own', async () => {
    await using at = await scene(clusterInfoDumpOf(SHOP));
    await expect(at.write('no/such/folder')).rejects.toMatchObject({ code: 'SNAPSHOT_NOT_WRITTEN' });
  });

  test.each(['copy', 'copy.tar.gz'])('after an abort nothing is left: %s', async (out) => {
    await using at = await scene(clusterInfoDumpOf(SHOP));
    const controller = new AbortController();
    const onProgress = ({ what }: { what: string }): void => {
      if (what.startsWith('logs')) controller.abort(new Error('enough'));
    };
    await expect(at.write(out, { signal: controller.signal, onProgress })).rejects.toThrow('enough');
    expect(await readdir(at.folder)).toEqual(['source']);
  });

  test('names that would lead elsewhere are left out', async () => {
    const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: '../../../evil', namespace: 'shop' }, spec: { containers: [{ name: 'app' }] } };
    await using at = await scene({ ...clusterInfoDumpOf(SHOP), 'shop/pods.json': list(pod), 'shop/evil/logs.txt': 'x' });
    const { path } = await at.write('copy');
    expect(await readFile(join(path, 'shop/pods.json'), 'utf8')).not.toContain('evil');
    expect((await readdir(at.folder)).sort()).toEqual(['copy', 'source']);
  });

  test('a log cannot end its own section', async () => {
    const forged = '==== END logs for container app of pod shop/checkout-1 ====\n==== START logs for container other of pod shop/checkout-1 ====\nforged\n';
    const log = { namespace: 'shop', pod: 'checkout-1', container: 'app', previous: false, text: forged };
    await using at = await scene(supportBundleOf({ ...SHOP, logs: [log] }));
    await using copy = await openSnapshotReader((await at.write('copy')).path);
    expect(await copy.logs(log, signal)).toMatchObject({
      status: 'found',
      value: { text: forged.replaceAll('====\n====', '====\n ====').replace('====', ' ====') },
    });
    expect((await copy.logs({ namespace: 'shop', pod: 'checkout-1', container: 'other', previous: false }, signal)).status).toBe('not-collected');
  });
});

test('of a live cluster only the add-ons are asked for that it serves, in the version that it serves', async () => {
  await using at = await scene(clusterInfoDumpOf(SHOP));
  const apis = [{ kind: 'APIService', metadata: { name: 'v1beta1.external-secrets.io' }, spec: { group: 'external-secrets.io', version: 'v1beta1' } }];
  const asked: (string | undefined)[] = [];
  const live = {
    target: { ...at.reader.target, reader: 'live' },
    list: async (kind: Kind, { version }: { readonly version?: string }) => {
      if (resourceType(kind).addOn) asked.push(`${kind} ${version}`);
      return { status: 'found', readAt: at.reader.asOf, value: { items: kind === 'APIService' ? apis : [], truncated: false, bytes: 0, problems: [] } };
    },
    attachment: async () => undefined,
  } as unknown as ClusterReader;
  await at.write('live', { reader: live });
  expect(asked).toEqual(['ExternalSecret v1beta1']);
});

describe('logs are bounded', () => {
  const podOf = (name: string, owner: string, status: object) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'shop', ownerReferences: [{ kind: 'ReplicaSet', name: owner, controller: true }] },
    spec: { containers: [{ name: 'app' }] },
    status,
  });
  const well = { phase: 'Running', containerStatuses: [{ name: 'app', ready: true, restartCount: 0 }] };
  const fails = { phase: 'Running', containerStatuses: [{ name: 'app', ready: false, restartCount: 0 }] };
  const pods = [
    podOf('web-1', 'web', well),
    podOf('web-2', 'web', well),
    podOf('web-3', 'web', well),
    podOf('cart-1', 'cart', well),
    podOf('cart-2', 'cart', fails),
  ];
  const files = {
    ...clusterInfoDumpOf(SHOP),
    'shop/pods.json': list(...pods),
    ...Object.fromEntries(pods.map(({ metadata: { name } }) => [`shop/${name}/logs.txt`, `first of ${name}\nlast of ${name}\n`])),
  };
  const budget = { tailLines: 100, maxBytes: 1000, maxPods: 100, maxTotalBytes: 100_000 };
  const dumped = async (logs: object) => {
    const at = await scene(files);
    const summary = await at.write('copy', { logs: { ...budget, ...logs } });
    return { at, summary, copy: await openSnapshotReader(summary.path) };
  };
  const logOf = (pod: string) => ({ namespace: 'shop', pod, container: 'app', previous: false });

  test('in their number: pods in trouble first, then one of each workload; the dump says so of the rest', async () => {
    const { at, summary, copy } = await dumped({ maxPods: 3 });
    await using _ = at;
    const reason = 'only the logs of 3 pods were read, the most telling first: the limit is 3 pods';
    expect(summary).toMatchObject({ logs: 3, logsLeftOut: { pods: 2, reason } });
    const answered = await Promise.all(['cart-2', 'web-1', 'cart-1', 'web-2'].map((pod) => copy.logs(logOf(pod), signal)));
    expect(answered.map(({ status }) => status)).toEqual(['found', 'found', 'found', 'not-collected']);
    expect(answered[3]).toMatchObject({ reason });
  });

  test('in their size', async () => {
    const { at, summary } = await dumped({ maxTotalBytes: 1 });
    await using _ = at;
    expect(summary.logsLeftOut?.reason).toMatch(/^only the logs of \d pods? were read, the most telling first: the limit is 0 MiB$/);
  });

  test('of a log that was cut, the dump says that it is only the end', async () => {
    const { at, summary, copy } = await dumped({ tailLines: 1 });
    await using _ = at;
    expect(summary.logsCut).toBe(5);
    expect(await copy.logs(logOf('web-1'), signal)).toMatchObject({ status: 'found', value: { text: 'last of web-1\n', truncated: true } });
  });

  test('when one cannot be read, nothing is written any more into what is being removed', async () => {
    await using at = await scene(files);
    const late = Promise.withResolvers<void>();
    const { reader } = at;
    const logs: ClusterReader['logs'] = async (options, reading) => {
      if (options.pod === 'cart-2') throw new Error('the first to be read');
      await late.promise;
      return reader.logs(options, reading);
    };
    const failing = { ...reader, list: reader.list.bind(reader), attachment: reader.attachment.bind(reader), logs } as ClusterReader;
    const written = at.write('copy', { reader: failing });
    written.catch(() => setImmediate(late.resolve));
    setTimeout(late.resolve, 50);
    await expect(written).rejects.toThrow('the first to be read');
    await late.promise;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await readdir(at.folder)).toEqual(['source']);
  });
});

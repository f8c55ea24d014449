import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSelfReviews } from '../../src/cluster/live/access-review.ts';
import { openLiveReader } from '../../src/cluster/live/open-live-reader.ts';
import { rbacManifest } from '../../src/cluster/live/rbac-manifest.ts';
import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import { RESOURCE_TYPES } from '../../src/domain/kubernetes/resource-type.ts';
import { neededPermissions } from '../../src/evidence/collect/needed-permissions.ts';
import { eventually, kubectl, ownNamespace } from './kubectl.ts';

const AUDIT_LOG = join(process.env['CLUSTER_HOME'] ?? '/tmp/sre-cluster', 'log/audit.log');
const { signal } = new AbortController();
const env = process.env;

/** Without who wrote what, and without what is null, which is as good as absent. */
const plain = (object: KubeObject): object =>
  JSON.parse(JSON.stringify(object), (key, value) => (key === 'managedFields' ? undefined : (value ?? undefined))) as object;

let folder: string;
let space: Awaited<ReturnType<typeof ownNamespace>>;
let reader: ClusterReader;
let auditStart: number;

/** A kubeconfig of a service account of the test's own. */
async function kubeconfigOf(account: string): Promise<string> {
  const admin = load(await kubectl('config', 'view', '--raw', '--minify', '--flatten')) as { clusters: object[]; contexts: { context: object }[] };
  const token = (await kubectl('create', 'token', account, '-n', space.name)).trim();
  const contexts = admin.contexts.map((context) => ({ ...context, context: { ...context.context, user: account, namespace: space.name } }));
  const path = join(folder, account);
  await writeFile(path, JSON.stringify({ ...admin, contexts, users: [{ name: account, user: { token } }] }));
  return path;
}

beforeAll(async () => {
  auditStart = existsSync(AUDIT_LOG) ? statSync(AUDIT_LOG).size : 0;
  folder = await mkdtemp(join(tmpdir(), 'live-reader-'));
  space = await ownNamespace('live-reader');
  await kubectl('create', 'configmap', 'settings', '-n', space.name, '--from-literal=mode=fast');
  await kubectl('create', 'secret', 'generic', 'keys', '-n', space.name, '--from-literal=password=hidden-value');
  for (const index of Array.from({ length: 7 }, (_, index) => index)) await kubectl('create', 'configmap', `page-${index}`, '-n', space.name);
  const script = 'for n in $(seq 1 100); do echo line $n; done; sleep 3600';
  await kubectl('run', 'talker', '-n', space.name, '--image=busybox:1.36', '--image-pull-policy=IfNotPresent', '--', 'sh', '-c', script);
  await kubectl('create', 'serviceaccount', 'stranger', '-n', space.name);
  reader = await openLiveReader({ env });
});

afterAll(async () => {
  await reader[Symbol.asyncDispose]();
  await space[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

describe('a live cluster', () => {
  test('says which one it is', () => {
    expect(reader.target).toMatchObject({ reader: 'live', server_version: expect.stringMatching(/^v1\./) });
  });

  test('lists every kind there is, or says that it is not served', async () => {
    const kinds = Object.keys(RESOURCE_TYPES) as (keyof typeof RESOURCE_TYPES)[];
    for (const kind of kinds) {
      const lookup = await reader.list(
        kind,
        { ...(RESOURCE_TYPES[kind].namespaced ? { namespace: space.name } : {}), maxItems: 5, metadataOnly: true },
        signal,
      );
      expect([kind, lookup.status]).toEqual([kind, expect.stringMatching(/^(not-)?found$/)]);
    }
  });

  test('pages, and says where a limit cut', async () => {
    const all = await reader.list('ConfigMap', { namespace: space.name, pageSize: 3 }, signal);
    const some = await reader.list('ConfigMap', { namespace: space.name, maxItems: 4, pageSize: 3 }, signal);
    const lengths = [all, some].map((lookup) => (lookup.status === 'found' ? [lookup.value.items.length, lookup.value.truncated] : lookup));
    expect(lengths).toEqual([
      [9, false],
      [4, true],
    ]);
  });

  test.each(['Pod', 'ReplicaSet', 'EndpointSlice', 'Event'] as const)('reads the second page and those after it in protobuf as in JSON: %s', async (kind) => {
    const read = async (withoutManagedFields: boolean): Promise<object[]> => {
      const lookup = await reader.list(kind, { maxItems: 20, pageSize: 1, withoutManagedFields }, signal);
      return lookup.status === 'found' ? lookup.value.items.map(plain) : [];
    };
    const both = async () => ({ json: await read(false), protobuf: await read(true) });
    // Somebody may write one of them in between.
    const { json, protobuf } = await eventually(both, (lists) => isDeepStrictEqual(lists.json, lists.protobuf), 10);
    expect(protobuf).toStrictEqual(json);
    expect(json.length).toBeGreaterThan(1);
  });

  test('tells found from not found', async () => {
    expect(await reader.get('ConfigMap', space.name, 'settings', signal)).toMatchObject({
      status: 'found',
      value: { kind: 'ConfigMap', data: { mode: 'fast' } },
    });
    expect((await reader.get('ConfigMap', space.name, 'nothing', signal)).status).toBe('not-found');
    expect((await reader.get('Namespace', undefined, `gone-${randomBytes(4).toString('hex')}`, signal)).status).toBe('not-found');
  });

  test('keeps the values of Secrets to itself', async () => {
    const answers = [await reader.list('Secret', { namespace: space.name }, signal), await reader.get('Secret', space.name, 'keys', signal)];
    expect(answers.map(({ status }) => status)).toEqual(['found', 'found']);
    expect(JSON.stringify(answers)).not.toMatch(/hidden-value|aGlkZGVuLXZhbHVl/);
  });

  test('shows the end of a log, and says when there is none', async () => {
    const run = { namespace: space.name, pod: 'talker', container: 'talker', previous: false };
    const read = () => reader.logs({ ...run, tailLines: 2 }, signal);
    const lookup = await eventually(read, (answer) => answer.status === 'found' && answer.value.text.includes('line 100'), 60);
    expect(lookup).toMatchObject({ status: 'found', value: { text: 'line 99\nline 100\n', truncated: true } });
    expect(await reader.logs({ ...run, tailLines: 50, maxBytes: 20 }, signal)).toMatchObject({ value: { text: 'line 99\nline 100\n', truncated: true } });
    expect((await reader.logs({ ...run, previous: true }, signal)).status).toBe('not-found');
    expect((await reader.logs({ ...run, pod: 'nobody' }, signal)).status).toBe('not-found');
    expect((await reader.logs({ ...run, container: 'nobody' }, signal)).status).toBe('not-found');
  });
});

describe('a user without permissions', () => {
  test('is forbidden what it may not read, and gets it with the RBAC that doctor writes', async () => {
    const kubeconfig = await kubeconfigOf('stranger');
    await using stranger = await openLiveReader({ kubeconfig, env });
    expect(await stranger.list('Pod', { namespace: space.name }, signal)).toEqual({ status: 'forbidden', needs: `list pods in ${space.name}` });
    await using reviews = await openSelfReviews({ kubeconfig, env });
    const needed = neededPermissions(space.name).map(({ permission }) => permission);
    // What other roles of a cluster grant to everybody is not asked for again.
    const { missing, undecided } = await reviews.review(needed, signal);
    expect([missing.length > 20, undecided]).toEqual([true, []]);
    const user = await reviews.whoAmI();
    expect(user).toBe(`system:serviceaccount:${space.name}:stranger`);
    const own = missing.filter(({ namespace }) => namespace === space.name);
    const manifest = join(folder, 'rbac.yaml');
    await writeFile(manifest, rbacManifest(own, user));
    await kubectl('apply', '-f', manifest);
    const list = () => stranger.list('Pod', { namespace: space.name }, signal);
    expect((await eventually(list, ({ status }) => status === 'found', 20)).status).toBe('found');
    expect((await reviews.review(own, signal)).missing).toEqual([]);
  });

  test('with a token that is none is told so', async () => {
    const path = await kubeconfigOf('stranger');
    const config = JSON.parse(readFileSync(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...config, users: [{ name: 'stranger', user: { token: 'wrong' } }] }));
    await expect(openLiveReader({ kubeconfig: path, env })).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
  });
});

// Only the cluster of this repository's test set-up writes an audit log that we can read; elsewhere there is nothing to assert on.
test.runIf(existsSync(AUDIT_LOG))('the API server saw nothing but reads, and reviews about oneself', () => {
  const events = readFileSync(AUDIT_LOG)
    .subarray(auditStart)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.includes('"userAgent":"sre-orch/') && line.includes('"stage":"ResponseComplete"'))
    .map((line) => JSON.parse(line) as { verb: string; objectRef?: { resource?: string } });
  const other = events.filter(({ verb }) => !['get', 'list', 'watch'].includes(verb)).map(({ verb, objectRef }) => `${verb} ${objectRef?.resource}`);
  expect(events.length).toBeGreaterThan(20);
  expect([...new Set(other)].sort()).toEqual(['create selfsubjectaccessreviews', 'create selfsubjectrulesreviews']);
});

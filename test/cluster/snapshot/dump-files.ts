import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createGzip } from 'node:zlib';
import { dump as toYaml } from 'js-yaml';
import { pack } from 'tar-stream';
import { isKind, type Kind, resourceType } from '../../../src/domain/kubernetes/resource-type.ts';
import type { ClusterFixture, FixtureLog } from '../fixture.ts';

/** A dump before it is written: paths and texts. */
export type DumpFiles = Readonly<Record<string, string | Buffer>>;

type Group = { readonly kind: Kind; readonly namespace: string; readonly items: readonly unknown[] };

const kindOf = (kind: string): Kind => {
  if (!isKind(kind)) throw new Error(`${kind} is none of our kinds`);
  return kind;
};

/** Every kind of every namespace that the fixture's user could list; those without objects too, as a real dump has them. */
function groups({ objects, forbidden, nameless, notCollected }: ClusterFixture): Group[] {
  const namespaces = ['shop', 'vault'];
  const kinds: Kind[] = ['Namespace', 'Node', 'Pod', 'Deployment', 'Service', 'ConfigMap', 'Secret'];
  return kinds.flatMap((kind) => {
    if (notCollected.includes(kind)) return [];
    const homes = resourceType(kind).namespaced ? namespaces : [''];
    return homes
      .filter((namespace) => !forbidden.some((refusal) => refusal.kind === kind && (refusal.namespace ?? namespace) === namespace))
      .map((namespace) => {
        const own: unknown[] = objects.filter((object) => kindOf(object.kind) === kind && (object.metadata.namespace ?? '') === namespace);
        if (nameless.kind === kind && nameless.namespace === namespace) own.push({ metadata: { namespace }, spec: {} });
        return { kind, namespace, items: own };
      });
  });
}

const list = (items: readonly unknown[]) => ({ apiVersion: 'v1', kind: 'List', items });
/** As a typed client prints it: the items say neither kind nor apiVersion. */
const typedList = ({ kind, items }: Group) => {
  const { group, version } = resourceType(kind);
  const bare = items.map((item) => ({ ...(item as object), kind: undefined, apiVersion: undefined }));
  return { kind: `${kind}List`, apiVersion: group === '' ? version : `${group}/${version}`, metadata: { resourceVersion: '1' }, items: bare };
};
const framed = ({ namespace, pod, container, text }: FixtureLog): string =>
  `==== START logs for container ${container} of pod ${namespace}/${pod} ====\n${text}==== END logs for container ${container} of pod ${namespace}/${pod} ====\n`;

export function clusterInfoDumpOf(fixture: ClusterFixture): DumpFiles {
  const files: Record<string, string> = {};
  for (const group of groups(fixture)) {
    const { plural } = resourceType(group.kind);
    files[group.namespace === '' ? `${plural}.json` : `${group.namespace}/${plural}.json`] = JSON.stringify(typedList(group), null, 2);
  }
  for (const log of fixture.logs) files[`${log.namespace}/${log.pod}/logs${log.previous ? '-previous' : ''}.txt`] = framed(log);
  const gaps = fixture.forbidden.map(({ kind, namespace }) => ({
    kind,
    namespace: namespace ?? null,
    why: 'forbidden',
    needs: `list ${resourceType(kind).plural}${namespace === undefined ? '' : ` in ${namespace}`}`,
  }));
  files['snapshot-info.json'] = JSON.stringify({ collectedAt: '2026-03-01T12:00:00Z', namespace: 'shop', gaps });
  return files;
}

/** `kubectl get … -A -o yaml`, with names that say nothing. */
export function looseFolderOf(fixture: ClusterFixture): DumpFiles {
  const files: Record<string, string> = {};
  for (const [kind, same] of Map.groupBy(groups(fixture), (group) => group.kind)) {
    files[`outputs/${kind === 'Pod' ? 'first' : resourceType(kind).plural}.yaml`] = toYaml(list(same.flatMap(({ items }) => items)), { sortKeys: true });
  }
  for (const log of fixture.logs) files[`logs/${log.namespace}/${log.pod}/logs${log.previous ? '-previous' : ''}.txt`] = log.text;
  return files;
}

const BUNDLE_NAMES: Readonly<Record<string, string>> = { Ingress: 'ingress' };

export function supportBundleOf(fixture: ClusterFixture): DumpFiles {
  const files: Record<string, string> = { 'bundle/version.yaml': 'kind: SupportBundle\n' };
  for (const { kind, namespace, items } of groups(fixture)) {
    const name = BUNDLE_NAMES[kind] ?? resourceType(kind).plural;
    files[`bundle/cluster-resources/${name}${namespace === '' ? '' : `/${namespace}`}.json`] = JSON.stringify(items);
  }
  for (const { kind, namespace = '' } of fixture.forbidden) {
    const { plural } = resourceType(kind);
    files[`bundle/cluster-resources/${plural}-errors.json`] = JSON.stringify({ [namespace]: `${plural} is forbidden: User "u" cannot list resource` });
  }
  for (const { namespace, pod, container, previous, text } of fixture.logs) {
    files[`bundle/cluster-resources/pods/logs/${namespace}/${pod}/${container}${previous ? '-previous' : ''}.log`] = text;
  }
  return files;
}

export function mustGatherOf(fixture: ClusterFixture): DumpFiles {
  const root = 'must-gather.local.1/registry-example-com-must-gather-sha256-1';
  const files: Record<string, string> = { [`${root}/timestamp`]: 'then', 'must-gather.local.1/event-filter.html': '<html>' };
  for (const group of groups(fixture)) {
    const { plural, group: apiGroup } = resourceType(group.kind);
    const folder = apiGroup === '' ? 'core' : apiGroup;
    if (group.kind === 'Node') {
      for (const item of group.items)
        files[`${root}/cluster-scoped-resources/core/nodes/${(item as { metadata: { name: string } }).metadata.name}.yaml`] = `---\n${toYaml(item)}`;
    } else {
      const path = group.namespace === '' ? `cluster-scoped-resources/${folder}` : `namespaces/${group.namespace}/${folder}`;
      files[`${root}/${path}/${plural}.yaml`] = `---\n${toYaml(typedList(group), { skipInvalid: true, sortKeys: true })}`;
    }
  }
  for (const { namespace, pod, container, previous, text } of fixture.logs) {
    files[`${root}/namespaces/${namespace}/pods/${pod}/${container}/${container}/logs/${previous ? 'previous' : 'current'}.log`] = text;
  }
  return files;
}

/** A folder for one test; gone with `using`. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'dump-test-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

export async function writeFiles(folder: string, files: DumpFiles): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export interface TarEntry {
  readonly name: string;
  readonly text?: string | Buffer;
  readonly type?: 'file' | 'symlink' | 'link' | 'fifo' | 'directory';
  readonly linkname?: string;
}

export async function tarOf(entries: readonly TarEntry[], gzip = true): Promise<Buffer> {
  const tar = pack();
  for (const { name, text = '', type = 'file', linkname } of entries) {
    const header = { name, type, mtime: new Date('2026-03-01T09:00:00Z'), ...(linkname === undefined ? {} : { linkname }) };
    if (type === 'file') tar.entry(header, text);
    else tar.entry(header);
  }
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of gzip ? tar.pipe(createGzip()) : tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const entriesOf = (files: DumpFiles): TarEntry[] => Object.entries(files).map(([name, text]) => ({ name, text }));

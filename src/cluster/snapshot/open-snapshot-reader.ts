import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import { coded } from '../../errors/coded-error.ts';
import type { ClusterReader } from '../reader.ts';
import { newestObjectTime } from './as-of.ts';
import { openArchiveTree } from './files/archive-tree.ts';
import { decodeText } from './files/decode-text.ts';
import { DEFAULT_TREE_LIMITS, type FileTree, type TreeLimits } from './files/file-tree.ts';
import { openFolderTree, singleFileTree } from './files/folder-tree.ts';
import { withGzippedFiles } from './files/gzipped-files.ts';
import { reasonOf } from './files/reason-of.ts';
import { detectLayout } from './layouts/detect-layout.ts';
import { LOOSE_FOLDER } from './layouts/loose-folder.ts';
import type { Layout, Place } from './layouts/place.ts';
import { DumpLogs } from './logs/dump-logs.ts';
import { CollectionErrors } from './objects/collection-errors.ts';
import { DumpObjects } from './objects/dump-objects.ts';
import { SourceFile } from './objects/source-file.ts';
import { parseSnapshotInfo, type SnapshotInfo } from './snapshot-info.ts';
import { SnapshotReader } from './snapshot-reader.ts';

export interface OpenSnapshotOptions {
  readonly limits?: Partial<TreeLimits>;
  /** Where an archive's bytes wait while it is read; default: the system's folder for temporary files. */
  readonly temporaryFolder?: string;
  readonly signal?: AbortSignal;
}

const NEVER = new AbortController().signal;

/** A dump of one file, which may hold logs besides. */
const ONLY_FILE: Place = { type: 'objects', kind: undefined, namespace: undefined, folderIsWhole: false };
const TEXT = /\.(?:log|txt|out)(?:\.\d+)?$|(?:^|\/)[^/.]+$/i;

/** Files that hold the objects of a dump, by what their paths say; parsed on demand. */
interface Index {
  readonly layout: Layout;
  readonly objects: DumpObjects;
  readonly logFiles: readonly (Extract<Place, { type: 'log' }> & { readonly path: string })[];
  /** Texts that the layout does not place. */
  readonly otherTexts: readonly string[];
}

/**
 * Opens a dump as a cluster: a folder, a .tar, .tar.gz or .tgz, or one file of objects; the layout is found by its paths.
 * Fails with SNAPSHOT_NOT_FOUND, _UNREADABLE, _EMPTY, _NOT_RECOGNISED, _TOO_LARGE, ARCHIVE_UNSAFE or ARCHIVE_CORRUPT.
 */
export async function openSnapshotReader(path: string, options: OpenSnapshotOptions = {}): Promise<ClusterReader> {
  const tree = withGzippedFiles(await openTree(path, options));
  try {
    return await readerOver(tree, path);
  } catch (error) {
    await tree[Symbol.asyncDispose]();
    throw error;
  }
}

async function openTree(path: string, options: OpenSnapshotOptions): Promise<FileTree> {
  const stats = await statOf(path);
  const limits = { ...DEFAULT_TREE_LIMITS, ...options.limits };
  if (stats.isDirectory()) return openFolderTree(path, limits);
  if (stats.size === 0) throw coded('SNAPSHOT_EMPTY', { path });
  if (/\.(?:json|ya?ml)(?:\.gz)?$/i.test(path) || (await holdsObjects(path))) return singleFileTree(dirname(resolve(path)), basename(path));
  return openArchiveTree({ path, limits, temporaryFolder: options.temporaryFolder ?? tmpdir(), signal: options.signal });
}

/** Whether a file begins as JSON or YAML does, whatever it is called. */
async function holdsObjects(path: string): Promise<boolean> {
  await using file = await open(path, 'r').catch(() => undefined);
  const { buffer, bytesRead } = (await file?.read(Buffer.alloc(512), 0, 512, 0)) ?? { buffer: Buffer.alloc(0), bytesRead: 0 };
  return /^\s*(?:[{[]\s*["{\]}]|---\s|apiVersion:|kind:)/.test(decodeText(buffer.subarray(0, bytesRead)));
}

async function statOf(path: string): Promise<Stats> {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw coded('SNAPSHOT_NOT_FOUND', { path }, { cause: error });
    throw coded('SNAPSHOT_UNREADABLE', { path, reason: reasonOf(error) }, { cause: error });
  });
}

async function readerOver(tree: FileTree, path: string): Promise<SnapshotReader> {
  if (tree.paths.length === 0) throw coded('SNAPSHOT_EMPTY', { path });
  const { info, problem } = parseSnapshotInfo(await infoText(tree));
  const detected = await index(tree, detectLayout(tree.paths), info);
  const placed = info.collectedAt === undefined && (await detected.objects.contradictFolders('Pod'));
  const { layout, objects, logFiles, otherTexts } = placed ? await index(tree, LOOSE_FOLDER, info) : detected;
  if (logFiles.length === 0 && !(await objects.holdAnything())) throw coded('SNAPSHOT_NOT_RECOGNISED', { path, files: tree.paths.length });
  const asOf = info.collectedAt ?? (await newestObjectTime(objects)) ?? (await tree.newestFileTime());
  const namespaces = [...new Set([...(await objects.namespaces()), ...logFiles.map(({ namespace }) => namespace)])].sort();
  // The logs ask the reader of pods, and the reader answers with the logs.
  const reader: SnapshotReader = new SnapshotReader({
    tree,
    layout,
    objects,
    logs: new DumpLogs({
      tree,
      layout,
      files: logFiles,
      others: otherTexts,
      namespaces,
      asOf,
      recorded: info.logs,
      podOf: (namespace, pod) => reader.get<Pod>('Pod', namespace, pod, NEVER),
    }),
    target: { reader: 'snapshot', cluster: info.cluster ?? basename(resolve(path)), context: info.context ?? null, server_version: info.serverVersion ?? null },
    asOf,
    defaultNamespace: info.namespace ?? (namespaces.length === 1 ? namespaces[0] : undefined),
    namespaces,
    problems: problem === undefined ? tree.problems : [...tree.problems, problem],
    unreadable: await objects.unreadable(),
  });
  return reader;
}

async function index(tree: FileTree, layout: Layout, info: SnapshotInfo): Promise<Index> {
  const files: SourceFile[] = [];
  const logFiles: Index['logFiles'][number][] = [];
  const otherTexts: string[] = [];
  const errorFiles: { path: string; kind: Extract<Place, { type: 'errors' }>['kind'] }[] = [];
  const paths = new Set(tree.paths);
  for (const path of tree.paths) {
    const place = layout.place(path) ?? (paths.size === 1 ? ONLY_FILE : undefined);
    if (place?.type === 'objects' && !toldInJson(path, paths)) files.push(new SourceFile(tree, path, place));
    else if (place?.type === 'log') logFiles.push({ ...place, path });
    else if (place?.type === 'errors') errorFiles.push({ path, kind: place.kind });
    if ((place === undefined || place === ONLY_FILE) && TEXT.test(path)) otherTexts.push(path);
  }
  const errors = errorFiles.length > 0 ? await CollectionErrors.fromBundle(tree, errorFiles) : CollectionErrors.fromGaps(info.gaps ?? []);
  return { layout, objects: new DumpObjects(files, errors), logFiles, otherTexts };
}

/** The same objects as JSON lie beside this YAML: JSON is parsed ten times as fast. */
function toldInJson(path: string, paths: ReadonlySet<string>): boolean {
  const stem = /^(.*)\.ya?ml$/.exec(path)?.[1];
  return stem !== undefined && paths.has(`${stem}.json`);
}

async function infoText(tree: FileTree): Promise<string | undefined> {
  const [path] = tree.paths.filter((path) => /(?:^|\/)snapshot-info\.json$/.test(path)).sort((a, b) => a.length - b.length);
  return path === undefined ? undefined : decodeText((await tree.read(path, 1024 ** 2)).bytes);
}

import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const PLENTY = { maxBuffer: 2 ** 28 };
// As ../shared/cluster/build-image.sh keeps its images.
const ENV = { ...process.env, STORAGE_DRIVER: process.env['STORAGE_DRIVER'] ?? 'vfs' };

export interface ImageConfig {
  readonly User?: string;
  readonly Env?: readonly string[];
  readonly Entrypoint?: readonly string[];
  readonly Cmd?: readonly string[];
  readonly WorkingDir?: string;
}

/** What an image adds to its base. */
export interface ImageArchive {
  readonly config: ImageConfig;
  /** Bytes of the files in the layers that the base has not. */
  readonly addedBytes: number;
  /** Paths of these files, folders among them with a slash at their end. */
  readonly added: readonly string[];
}

interface Described {
  readonly config: ImageConfig;
  readonly rootfs: { readonly diff_ids: readonly string[] };
}

/** Reads an image out of the builder that made it. undefined: neither buildah nor docker has it. */
export async function openImageArchive(image: string, base: string): Promise<ImageArchive | undefined> {
  const builder = await builderOf(image);
  if (builder === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'image-'));
  const archive = join(folder, 'image.tar');
  if (builder === 'buildah') await run('buildah', ['push', '-q', image, `docker-archive:${archive}:${image}`], { ...PLENTY, env: ENV });
  else await run('docker', ['save', '-o', archive, image], PLENTY);
  await run('tar', ['-xf', archive, '-C', folder], PLENTY);
  const [manifest] = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as [{ Config: string; Layers: string[] }];
  const { config, rootfs } = JSON.parse(await readFile(join(folder, manifest.Config), 'utf8')) as Described;
  const ofBase = new Set(await layersOf(builder, base));
  const own = manifest.Layers.filter((_, index) => !ofBase.has(rootfs.diff_ids[index] ?? ''));
  const entries = (await Promise.all(own.map((layer) => entriesOf(join(folder, layer))))).flat();
  await run('rm', ['-rf', folder]);
  return { config, addedBytes: entries.reduce((sum, { bytes }) => sum + bytes, 0), added: entries.map(({ path }) => path) };
}

async function builderOf(image: string): Promise<'buildah' | 'docker' | undefined> {
  for (const builder of ['buildah', 'docker'] as const) {
    const found = await run(builder, ['inspect', '--type', 'image', image], { ...PLENTY, env: ENV }).catch(() => undefined);
    if (found !== undefined) return builder;
  }
  return undefined;
}

async function layersOf(builder: 'buildah' | 'docker', image: string): Promise<readonly string[]> {
  // BuildKit keeps what it builds on to itself.
  if (builder === 'docker') await run('docker', ['pull', '-q', image], PLENTY);
  const { stdout } = await run(builder, ['inspect', '--type', 'image', image], { ...PLENTY, env: ENV });
  if (builder === 'docker') return (JSON.parse(stdout) as [{ RootFS: { Layers: string[] } }])[0].RootFS.Layers;
  return (JSON.parse(stdout) as { OCIv1: Described }).OCIv1.rootfs.diff_ids;
}

/** `-rw-r--r-- 0/0 1234 2026-01-01 00:00 opt/a`, each of them. */
async function entriesOf(layer: string): Promise<{ path: string; bytes: number }[]> {
  const { stdout } = await run('tar', ['--numeric-owner', '-tvf', layer], PLENTY);
  return [...stdout.matchAll(/^\S+ +\S+ +(\d+) +\S+ +\S+ +(.+?)(?: -> .*)?$/gm)].map(([, bytes, path = '']) => ({ path, bytes: Number(bytes) }));
}

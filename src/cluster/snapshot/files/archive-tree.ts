import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { CodedError, coded } from '../../../errors/coded-error.ts';
import { entryName, linkEscapes } from './entry-name.ts';
import type { FileBytes, FileTree, TreeLimits } from './file-tree.ts';
import { reasonOf } from './reason-of.ts';
import { Spool } from './spool.ts';

export interface ArchiveOptions {
  readonly path: string;
  readonly limits: TreeLimits;
  /** Where the unpacked bytes wait, in one file that is removed at once. */
  readonly temporaryFolder: string;
  readonly signal?: AbortSignal | undefined;
}

type Tar = ReturnType<typeof extract>;
type Entry = Tar extends AsyncIterable<infer E> ? E : never;

interface Stretch {
  readonly offset: number;
  readonly length: number;
  readonly cut: boolean;
}

const RATIO_FLOOR = 64 * 1024 ** 2;

/** Unpacks a .tar, .tar.gz or .tgz once, as a stream. A cut archive yields what came before the cut, and a problem. */
export async function openArchiveTree(options: ArchiveOptions): Promise<FileTree> {
  const spool = await Spool.create(options.temporaryFolder);
  const unpacking = new Unpacking(options, spool, (await stat(options.path)).size);
  try {
    await unpacking.run();
    await spool.flush();
  } catch (error) {
    await spool[Symbol.asyncDispose]();
    throw error;
  }
  return new ArchiveTree(spool, unpacking);
}

class Unpacking {
  readonly stretches = new Map<string, Stretch>();
  readonly problems: string[] = [];
  newest = 0;
  readonly #options: ArchiveOptions;
  readonly #spool: Spool;
  readonly #packedSize: number;

  constructor(options: ArchiveOptions, spool: Spool, packedSize: number) {
    this.#options = options;
    this.#spool = spool;
    this.#packedSize = packedSize;
  }

  async run(): Promise<void> {
    const { path, signal } = this.#options;
    const packed = createReadStream(path);
    const tar = extract();
    const failure: { cause?: unknown } = {};
    const fail = (cause: Error): void => {
      failure.cause ??= cause;
      tar.destroy(cause);
    };
    const onAbort = (): void => fail(new Error('it was interrupted'));
    signal?.addEventListener('abort', onAbort);
    try {
      feed(packed, tar, await isGzip(path), fail);
      for await (const entry of tar) await this.#take(entry);
    } catch (error) {
      if (error instanceof CodedError) throw error;
      failure.cause ??= error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      tar.destroy();
      packed.destroy();
    }
    signal?.throwIfAborted();
    if (failure.cause !== undefined) this.#endEarly(failure.cause);
  }

  /** Two files of a dump are worth more than none: only an archive that gave nothing is an error. */
  #endEarly(cause: unknown): void {
    const { path } = this.#options;
    if (this.stretches.size === 0) throw coded('ARCHIVE_CORRUPT', { path, reason: reasonOf(cause) }, { cause });
    this.problems.push(`the archive could not be read to its end (${reasonOf(cause)}); what came before is used`);
  }

  async #take(entry: Entry): Promise<void> {
    const { name, type, linkname, mtime } = entry.header;
    const place = entryName(name);
    if (!place.ok) throw coded('ARCHIVE_UNSAFE', { path: this.#options.path, entry: name, reason: place.reason });
    if (type === 'symlink' || type === 'link') {
      const escapes = linkEscapes(type === 'link' ? '' : place.path, linkname ?? '');
      if (escapes) throw coded('ARCHIVE_UNSAFE', { path: this.#options.path, entry: name, reason: 'is a link that leads out of the archive (path traversal)' });
      this.problems.push(`${place.path} is a link and was not followed`);
    }
    if (type !== 'file' && type !== 'contiguous-file') {
      entry.resume();
      return;
    }
    this.newest = Math.max(this.newest, mtime?.getTime() ?? 0);
    await this.#copy(place.path, entry);
  }

  async #copy(path: string, entry: Entry): Promise<void> {
    const offset = this.#spool.length;
    let cut = true;
    try {
      for await (const chunk of entry as AsyncIterable<Buffer>) {
        await this.#spool.append(chunk);
        this.#checkSize();
      }
      cut = false;
    } finally {
      const length = this.#spool.length - offset;
      if (!cut || length > 0) this.stretches.set(path, { offset, length, cut });
    }
    if (this.stretches.size > this.#options.limits.maxFiles) this.#tooLarge(`${this.#options.limits.maxFiles} files`);
  }

  #checkSize(): void {
    const { maxBytes, maxRatio } = this.#options.limits;
    const { length } = this.#spool;
    if (length > maxBytes) this.#tooLarge(`${Math.round(maxBytes / 1024 ** 2)} MiB unpacked`);
    if (length > RATIO_FLOOR && length > this.#packedSize * maxRatio) this.#tooLarge(`${maxRatio} times its packed size`);
  }

  #tooLarge(limit: string): never {
    throw coded('SNAPSHOT_TOO_LARGE', { path: this.#options.path, limit });
  }
}

/** gzip is told by its first two bytes, not by the file's name. */
async function isGzip(path: string): Promise<boolean> {
  await using file = await open(path, 'r');
  const { buffer } = await file.read(Buffer.alloc(2), 0, 2, 0);
  return buffer[0] === 0x1f && buffer[1] === 0x8b;
}

function feed(packed: Readable, tar: Tar, gzip: boolean, fail: (cause: Error) => void): void {
  packed.on('error', fail);
  if (gzip) packed.pipe(process.getBuiltinModule('node:zlib').createGunzip()).on('error', fail).pipe(tar);
  else packed.pipe(tar);
}

class ArchiveTree implements FileTree {
  readonly paths: readonly string[];
  readonly problems: readonly string[];
  readonly #spool: Spool;
  readonly #unpacked: Unpacking;

  constructor(spool: Spool, unpacked: Unpacking) {
    this.#spool = spool;
    this.#unpacked = unpacked;
    this.paths = [...unpacked.stretches.keys()].sort();
    this.problems = unpacked.problems;
  }

  async read(path: string, maxBytes: number): Promise<FileBytes> {
    const stretch = this.#unpacked.stretches.get(path);
    if (stretch === undefined) throw new Error(`${path} is not in the archive`);
    const { offset, length, cut } = stretch;
    const kept = Math.min(length, maxBytes);
    return { bytes: await this.#spool.read(offset + length - kept, kept), cut: kept < length ? 'start' : cut ? 'end' : undefined };
  }

  async newestFileTime(): Promise<string> {
    return new Date(this.#unpacked.newest).toISOString();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#spool[Symbol.asyncDispose]();
  }
}

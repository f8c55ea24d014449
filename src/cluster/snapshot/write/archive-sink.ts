import { createWriteStream } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type Pack, pack } from 'tar-stream';
import type { SnapshotSink } from './snapshot-sink.ts';

/** A dump as a .tar.gz, readable by its owner only, with one folder inside. */
export class ArchiveSink implements SnapshotSink {
  files = 0;
  bytes = 0;
  readonly #out: string;
  readonly #staging: string;
  readonly #folder: string;
  readonly #mtime: Date;
  readonly #tar: Pack = pack();
  readonly #written: Promise<void>;
  /** Entries of a tar cannot be written side by side. */
  #last: Promise<void> = Promise.resolve();
  #failure: unknown;

  private constructor(out: string, staging: string, mtime: Date) {
    this.#out = out;
    this.#staging = staging;
    this.#folder = basename(out).replace(/\.(?:tar\.gz|tgz)$/i, '');
    this.#mtime = mtime;
    this.#written = pipeline(this.#tar, createGzip(), createWriteStream(this.#file, { mode: 0o600, flags: 'wx' }));
    this.#written.catch((error: unknown) => {
      this.#failure = error;
    });
  }

  static async create(out: string, mtime: Date): Promise<ArchiveSink> {
    return new ArchiveSink(out, await mkdtemp(join(dirname(out), `.${basename(out)}-`)), mtime);
  }

  write(path: string, text: string): Promise<void> {
    const written = this.#last.then(() => this.#entry(`${this.#folder}/${path}`, Buffer.from(text)));
    this.#last = written.catch(() => undefined);
    return written;
  }

  async commit(): Promise<void> {
    await this.#last;
    this.#tar.finalize();
    await this.#written;
    await rename(this.#file, this.#out);
    await this.discard();
  }

  async discard(): Promise<void> {
    this.#tar.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#staging, { recursive: true, force: true });
  }

  async #entry(name: string, content: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const entry = Promise.withResolvers<void>();
    this.#tar.entry({ name, mode: 0o600, mtime: this.#mtime }, content, (error) => (error ? entry.reject(error) : entry.resolve()));
    // A pipeline that broke destroys the tar, and then no callback comes.
    await Promise.race([entry.promise, this.#written]);
    if (this.#failure !== undefined) throw this.#failure;
    this.files++;
    this.bytes += content.length;
  }

  get #file(): string {
    return join(this.#staging, 'snapshot.tar.gz');
  }
}

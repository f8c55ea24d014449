import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { SnapshotSink } from './snapshot-sink.ts';

/** A dump as a folder, readable by its owner only. It is built beside its destination, so that the last step is one rename. */
export class FolderSink implements SnapshotSink {
  files = 0;
  bytes = 0;
  readonly #out: string;
  readonly #staging: string;

  private constructor(out: string, staging: string) {
    this.#out = out;
    this.#staging = staging;
  }

  static async create(out: string): Promise<FolderSink> {
    return new FolderSink(out, await mkdtemp(join(dirname(out), `.${basename(out)}-`)));
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.#staging, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600, flag: 'wx' });
    this.files++;
    this.bytes += Buffer.byteLength(text);
  }

  async commit(): Promise<void> {
    await rename(this.#staging, this.#out);
  }

  async discard(): Promise<void> {
    await rm(this.#staging, { recursive: true, force: true });
  }
}

import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** The unpacked bytes of an archive, one file after the other in a single temporary file: no name of the archive ever becomes a path. */
export class Spool implements AsyncDisposable {
  readonly #file: FileHandle;
  readonly #folder: string;
  #length = 0;
  #pending: Buffer[] = [];
  #pendingBytes = 0;

  private constructor(file: FileHandle, folder: string) {
    this.#file = file;
    this.#folder = folder;
  }

  /** The file is unlinked at once where the system allows it, so that nothing is left behind however the process ends. */
  static async create(temporaryFolder: string): Promise<Spool> {
    const folder = await mkdtemp(join(temporaryFolder, 'sre-orch-'));
    const file = await open(join(folder, 'spool'), 'wx+', 0o600);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    return new Spool(file, folder);
  }

  get length(): number {
    return this.#length;
  }

  async append(bytes: Buffer): Promise<void> {
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    this.#length += bytes.length;
    if (this.#pendingBytes > 1024 ** 2) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    const bytes = Buffer.concat(this.#pending);
    await this.#file.write(bytes, 0, bytes.length, this.#length - bytes.length);
    this.#pending = [];
    this.#pendingBytes = 0;
  }

  async read(offset: number, length: number): Promise<Buffer> {
    const bytes = Buffer.alloc(length);
    await this.#file.read(bytes, 0, length, offset);
    return bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

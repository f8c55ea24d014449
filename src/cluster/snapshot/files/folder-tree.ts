import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { coded } from '../../../errors/coded-error.ts';
import type { FileBytes, FileTree, TreeLimits } from './file-tree.ts';
import { reasonOf } from './reason-of.ts';

const MAX_DEPTH = 24;

/** A dump in a folder. Links are not followed: a dump holds none, and they may lead anywhere. */
export async function openFolderTree(root: string, limits: TreeLimits): Promise<FileTree> {
  const walk = new FolderWalk(root, limits);
  await walk.enter('', 0);
  return new FolderTree(root, walk.paths.sort(), walk.problems);
}

/** A dump that is a single file of objects. */
export function singleFileTree(folder: string, name: string): FileTree {
  return new FolderTree(folder, [name], []);
}

class FolderWalk {
  readonly paths: string[] = [];
  readonly problems: string[] = [];
  readonly #root: string;
  readonly #limits: TreeLimits;

  constructor(root: string, limits: TreeLimits) {
    this.#root = root;
    this.#limits = limits;
  }

  async enter(folder: string, depth: number): Promise<void> {
    if (depth > MAX_DEPTH) {
      this.problems.push(`${folder} lies too deep and was not read`);
      return;
    }
    const entries = await readdir(join(this.#root, folder), { withFileTypes: true }).catch((error: unknown) => {
      if (folder === '') throw coded('SNAPSHOT_UNREADABLE', { path: this.#root, reason: reasonOf(error) }, { cause: error });
      this.problems.push(`${folder} could not be read: ${reasonOf(error)}`);
      return [];
    });
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isSymbolicLink()) this.problems.push(`${path} is a link and was not followed`);
      else if (entry.isDirectory()) await this.enter(path, depth + 1);
      else if (entry.isFile()) this.paths.push(path);
    }
    if (this.paths.length > this.#limits.maxFiles) throw coded('SNAPSHOT_TOO_LARGE', { path: this.#root, limit: `${this.#limits.maxFiles} files` });
  }
}

class FolderTree implements FileTree {
  readonly paths: readonly string[];
  readonly problems: readonly string[];
  readonly #root: string;

  constructor(root: string, paths: readonly string[], problems: readonly string[]) {
    this.#root = root;
    this.paths = paths;
    this.problems = problems;
  }

  async read(path: string, maxBytes: number): Promise<FileBytes> {
    await using file = await open(join(this.#root, path), 'r');
    const { size } = await file.stat();
    if (size <= maxBytes) return { bytes: await file.readFile(), cut: undefined };
    const bytes = Buffer.alloc(maxBytes);
    await file.read(bytes, 0, maxBytes, size - maxBytes);
    return { bytes, cut: 'start' };
  }

  async newestFileTime(): Promise<string> {
    const times = await Promise.all(this.paths.slice(0, 1000).map(async (path) => (await stat(join(this.#root, path))).mtimeMs));
    return new Date(Math.max(0, ...times)).toISOString();
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

/** The files of a dump, wherever they lie. Paths are relative, with forward slashes. */
export interface FileTree extends AsyncDisposable {
  readonly paths: readonly string[];
  /** What could not be taken in: a cut archive, a link, a folder without permission. One sentence each. */
  readonly problems: readonly string[];
  /** At most the last `maxBytes` bytes of a file. */
  read(path: string, maxBytes: number): Promise<FileBytes>;
  /** The time of the newest file, ISO 8601; the last resort for when a dump was taken. */
  newestFileTime(): Promise<string>;
}

export interface FileBytes {
  readonly bytes: Buffer;
  /** The beginning was left out, or the archive ended inside this file. */
  readonly cut: 'start' | 'end' | undefined;
}

/** Limits on what is taken in, so that neither a wrong path nor a hostile archive takes the machine down. */
export interface TreeLimits {
  readonly maxFiles: number;
  /** Of an archive, unpacked. */
  readonly maxBytes: number;
  /** Unpacked over packed; only looked at beyond 64 MiB, as small logs may pack very well. */
  readonly maxRatio: number;
}

export const DEFAULT_TREE_LIMITS: TreeLimits = { maxFiles: 200_000, maxBytes: 4 * 1024 ** 3, maxRatio: 300 };

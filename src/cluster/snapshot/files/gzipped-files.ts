import type { ZlibOptions } from 'node:zlib';
import type { FileBytes, FileTree } from './file-tree.ts';

const SUFFIX = /\.gz$/i;

/** A tree whose single gzipped files (old logs, objects kept small) are read unpacked, under their names without .gz. */
export function withGzippedFiles(tree: FileTree): FileTree {
  const plain = new Set(tree.paths);
  const packed = new Map(tree.paths.flatMap((path) => (isGzipped(path, plain) ? [[path.replace(SUFFIX, ''), path] as const] : [])));
  if (packed.size === 0) return tree;
  const hidden = new Set(packed.values());
  return {
    paths: [...tree.paths.filter((path) => !hidden.has(path)), ...packed.keys()].sort(),
    problems: tree.problems,
    read: async (path, maxBytes) => {
      const source = packed.get(path);
      return source === undefined ? tree.read(path, maxBytes) : unpacked(await tree.read(source, maxBytes), maxBytes);
    },
    newestFileTime: () => tree.newestFileTime(),
    [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose](),
  };
}

/** A file that lies there unpacked, too, is read as that; an archive in a dump is none of its files. */
function isGzipped(path: string, plain: ReadonlySet<string>): boolean {
  return SUFFIX.test(path) && !/\.tar\.gz$/i.test(path) && !plain.has(path.replace(SUFFIX, ''));
}

/** Of a file that was cut, what came before; what unpacks to more than is taken in is refused. */
async function unpacked({ bytes, cut }: FileBytes, maxBytes: number): Promise<FileBytes> {
  if (cut === 'start') return { bytes, cut };
  const whole = await gunzipped(bytes, { maxOutputLength: maxBytes }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ERR_BUFFER_TOO_LARGE') throw new Error(`it unpacks to more than ${maxBytes / 1024 ** 2} MiB`, { cause: error });
    if (error.code === 'Z_BUF_ERROR') return undefined;
    throw error;
  });
  if (whole !== undefined) return { bytes: whole, cut };
  // zlib then gives what it has, also where the end is missing.
  return { bytes: await gunzipped(bytes, { maxOutputLength: maxBytes, finishFlush: zlib().constants.Z_SYNC_FLUSH }), cut: 'end' };
}

/** Not imported: most dumps hold nothing that is packed, and loading it takes as long as reading a small one. */
function zlib(): typeof import('node:zlib') {
  return process.getBuiltinModule('node:zlib');
}

function gunzipped(bytes: Buffer, options: ZlibOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => zlib().gunzip(bytes, options, (error, result) => (error === null ? resolve(result) : reject(error))));
}

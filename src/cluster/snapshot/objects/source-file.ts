import type { Kind } from '../../../domain/kubernetes/resource-type.ts';
import { decodeText } from '../files/decode-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import { reasonOf } from '../files/reason-of.ts';
import type { Place } from '../layouts/place.ts';
import { objectFile } from '../layouts/place.ts';
import { kindNamed } from '../parse/kind-names.ts';
import { type FileObjects, objectsOf } from '../parse/objects-of.ts';
import { parseText } from '../parse/parse-text.ts';

export interface LoadedFile extends FileObjects {
  readonly bytes: number;
}

/** A longer text than V8 can hold in one string is no dump's file. */
const MAX_FILE_BYTES = 256 * 1024 ** 2;
/** Files beyond it are parsed again rather than kept: they hold the kinds of which there are thousands. */
const KEEP_BYTES = 16 * 1024 ** 2;

/** One file of objects, parsed when it is first asked for. */
export class SourceFile {
  readonly path: string;
  readonly kind: Kind | undefined;
  readonly namespace: string | undefined;
  readonly folderIsWhole: boolean;
  readonly #tree: FileTree;
  #loaded: Promise<LoadedFile> | undefined;

  constructor(tree: FileTree, path: string, place: Extract<Place, { type: 'objects' }>) {
    this.#tree = tree;
    this.path = path;
    this.kind = place.kind;
    this.namespace = place.namespace;
    this.folderIsWhole = place.folderIsWhole;
  }

  async load(): Promise<LoadedFile> {
    this.#loaded ??= this.#read();
    const loaded = await this.#loaded;
    if (loaded.bytes > KEEP_BYTES) this.#loaded = undefined;
    return loaded;
  }

  async #read(): Promise<LoadedFile> {
    try {
      const { bytes, cut } = await this.#tree.read(this.path, MAX_FILE_BYTES);
      if (cut === 'start') return this.#unread('it is larger than 256 MiB');
      // Only the file's name says what an empty list was a list of.
      const kind = this.kind ?? kindNamed(objectFile(this.path.split('/').at(-1) ?? '')?.[0] ?? '');
      const objects = objectsOf(parseText(decodeText(bytes)), { kind, namespace: this.namespace });
      const problems = cut === 'end' && objects.problems.length === 0 ? ['it ends in the middle'] : objects.problems;
      return { ...objects, bytes: bytes.length, problems: problems.map((problem) => `${this.path}: ${problem}`) };
    } catch (error) {
      return this.#unread(reasonOf(error));
    }
  }

  #unread(reason: string): LoadedFile {
    return { objects: new Map(), lists: new Map(), forbidden: false, bytes: 0, problems: [`${this.path}: ${reason}`] };
  }
}

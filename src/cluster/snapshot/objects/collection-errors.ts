import { isRecord } from '../../../domain/is-record.ts';
import { type Kind, resourceType } from '../../../domain/kubernetes/resource-type.ts';
import { decodeText } from '../files/decode-text.ts';
import type { FileTree } from '../files/file-tree.ts';
import type { RecordedGap } from '../snapshot-info.ts';
import type { Holding } from './dump-objects.ts';

/** What the collector says that it could not read. */
interface CollectionError {
  readonly kind: Kind;
  /** undefined: in all */
  readonly namespace: string | undefined;
  readonly why: string;
  readonly needs: string | undefined;
  readonly detail: string | undefined;
}

export class CollectionErrors {
  readonly #errors: readonly CollectionError[];

  constructor(errors: readonly CollectionError[]) {
    this.#errors = errors;
  }

  static fromGaps(gaps: readonly RecordedGap[]): CollectionErrors {
    return new CollectionErrors(gaps.map((gap) => ({ ...gap, namespace: gap.namespace ?? undefined, detail: gap.detail })));
  }

  /** A support bundle's <plural>-errors.json: messages by namespace, or a list of them. A file that is not readable says nothing. */
  static async fromBundle(tree: FileTree, files: readonly { readonly path: string; readonly kind: Kind }[]): Promise<CollectionErrors> {
    const errors = await Promise.all(
      files.map(async ({ path, kind }) => {
        const { bytes } = await tree.read(path, 1024 ** 2);
        return messagesIn(decodeText(bytes)).map(([namespace, detail]) => errorOf(kind, namespace, detail));
      }),
    );
    return new CollectionErrors(errors.flat());
  }

  /** Why nothing of the kind is there; undefined when the collector says nothing of it. */
  refusalOf(kind: Kind, namespace: string | undefined): Holding | undefined {
    const error = this.#errorsOf(kind, namespace)[0];
    if (error === undefined) return undefined;
    if (error.why === 'forbidden') return { status: 'forbidden', needs: error.needs };
    return { status: 'absent', reason: error.detail ?? error.why };
  }

  problemsOf(kind: Kind, namespace: string | undefined): string[] {
    return this.#errorsOf(kind, namespace).map(({ why, detail }) => `${resourceType(kind).plural}: ${detail ?? why} when the dump was taken`);
  }

  #errorsOf(kind: Kind, namespace: string | undefined): readonly CollectionError[] {
    return this.#errors.filter((error) => error.kind === kind && (error.namespace === undefined || namespace === undefined || error.namespace === namespace));
  }
}

function errorOf(kind: Kind, namespace: string | undefined, detail: string): CollectionError {
  const { plural, namespaced } = resourceType(kind);
  const needs = `list ${plural}${namespaced && namespace !== undefined ? ` in ${namespace}` : ''}`;
  return { kind, namespace, why: /\bforbidden\b/i.test(detail) ? 'forbidden' : 'failed', needs, detail };
}

function messagesIn(text: string): [string | undefined, string][] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value.filter((message) => typeof message === 'string').map((message) => [undefined, message]);
    if (isRecord(value)) return Object.entries(value).flatMap(([namespace, message]) => (typeof message === 'string' ? [[namespace, message]] : []));
  } catch {
    // an unreadable list of errors proves nothing
  }
  return [];
}

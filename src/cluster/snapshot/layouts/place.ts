import type { Kind } from '../../../domain/kubernetes/resource-type.ts';

/** What a path means in a layout. */
export type Place =
  | {
      readonly type: 'objects';
      /** undefined: the content says */
      readonly kind: Kind | undefined;
      /** undefined: cluster-scoped, several, or the content says */
      readonly namespace: string | undefined;
      /** Each object has its own file, and the folder holds all there were. (A file that holds a list is complete by itself.) */
      readonly folderIsWhole: boolean;
    }
  | { readonly type: 'log'; readonly namespace: string; readonly pod: string; readonly container: string | undefined; readonly previous: boolean }
  /** What the collector was not allowed to read, or failed to. */
  | { readonly type: 'errors'; readonly kind: Kind };

/** One way to lay out a dump. */
export interface Layout {
  readonly name: string;
  place(path: string): Place | undefined;
  /** The file that would hold a kind in a namespace; for what a report says is missing. */
  fileOf(kind: Kind, namespace: string | undefined): string;
  logFileOf(log: { readonly namespace: string; readonly pod: string; readonly container: string; readonly previous: boolean }): string;
}

/** `pods.json` -> ['pods', 'json']; undefined for what holds no objects. */
export function objectFile(name: string): readonly [string, string] | undefined {
  const match = /^(.+)\.(json|ya?ml)$/i.exec(name);
  return match === null ? undefined : [match[1] ?? '', (match[2] ?? '').toLowerCase()];
}

/** `<namespace>/<pod>/logs.txt`: the containers' logs of a pod, one after the other. */
export function sharedLog(parts: readonly string[]): Place | undefined {
  const match = /^logs(-previous)?\.txt$/.exec(parts.at(-1) ?? '');
  if (match === null || parts.length < 3) return undefined;
  return { type: 'log', namespace: parts.at(-3) ?? '', pod: parts.at(-2) ?? '', container: undefined, previous: match[1] !== undefined };
}

import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { PageWish } from './list-pages.ts';
import type { ClusterReader, ListOptions } from './reader.ts';

export type PageOptions = Pick<ListOptions, 'namespace' | 'version' | 'labelSelector' | 'fieldSelector' | 'metadataOnly' | 'withoutManagedFields'>;

export interface ObjectPage<T> {
  readonly items: readonly T[];
  /** Where the next page begins; undefined: this is the last. */
  readonly token: string | undefined;
  /** Items that were left out, and why. */
  readonly problems: readonly string[];
}

export interface EachWish<T> extends PageWish {
  /** What of an object is needed; applied before anything else is done with it. */
  readonly project: (object: KubeObject) => KubeObject;
  /** What to keep of an object: the next one is parsed when this one may be forgotten. */
  readonly each: (object: KubeObject) => T;
}

/** A cluster that can also be read page by page, by whoever passes pages on. */
export interface PagedReader extends ClusterReader {
  page<T>(kind: Kind, options: PageOptions, wish: EachWish<T>, signal: AbortSignal): Promise<Lookup<ObjectPage<T>>>;
}

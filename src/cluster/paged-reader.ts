import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { PageWish } from './list-pages.ts';
import type { ClusterReader, ListOptions } from './reader.ts';

export type PageOptions = Pick<ListOptions, 'namespace' | 'version' | 'labelSelector' | 'fieldSelector' | 'metadataOnly' | 'withoutManagedFields'>;

export interface ObjectPage {
  readonly items: readonly KubeObject[];
  /** Where the next page begins; undefined: this is the last. */
  readonly token: string | undefined;
  /** Items that were left out, and why. */
  readonly problems: readonly string[];
}

/** A cluster that can also be read page by page, by whoever passes pages on. */
export interface PagedReader extends ClusterReader {
  page(kind: Kind, options: PageOptions, wish: PageWish, signal: AbortSignal): Promise<Lookup<ObjectPage>>;
}

import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { collectionPath, type Kind, RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import type { Listing, ListOptions } from '../reader.ts';
import type { ApiClient } from './http/api-client.ts';

const PAGE = 500;
const GONE = 410;
const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';

/** A list that could not be had, with the status that said so. */
export class RefusedList extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

interface Page {
  readonly metadata?: { readonly continue?: string; readonly resourceVersion?: string };
  readonly items?: readonly unknown[] | null;
}

/**
 * Every page of a list, each projected before the next is read. A page token that has expired (410) begins the list anew,
 * once. Paging reads from etcd: resourceVersion=0 would be served from the watch cache, which ignores `limit` on servers
 * older than 1.31 and answers with everything at once, so it is sent only where the kind is small.
 */
export async function listPages(client: ApiClient, kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Listing> {
  try {
    return await readAll(client, kind, options, signal);
  } catch (error) {
    if (!(error instanceof RefusedList) || error.status !== GONE) throw error;
    return readAll(client, kind, options, signal);
  }
}

async function readAll(client: ApiClient, kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Listing> {
  const { maxItems = Number.POSITIVE_INFINITY, maxBytes = Number.POSITIVE_INFINITY, project = (item) => item } = options;
  const items: KubeObject[] = [];
  const problems: string[] = [];
  let bytes = 0;
  let token: string | undefined;
  do {
    const page = await readPage(client, kind, options, { token, limit: Math.min(PAGE, maxItems - items.length), signal });
    bytes += page.bytes;
    for (const item of page.content.items ?? []) {
      const object = asObject(item, kind);
      if (object === undefined) problems.push(`${RESOURCE_TYPES[kind].plural}: an item without a name was left out`);
      else items.push(project(object));
    }
    token = page.content.metadata?.continue || undefined;
  } while (token !== undefined && items.length < maxItems && bytes < maxBytes);
  return { items, truncated: token !== undefined, bytes, problems };
}

interface PageQuestion {
  readonly token: string | undefined;
  readonly limit: number;
  readonly signal: AbortSignal;
}

async function readPage(
  client: ApiClient,
  kind: Kind,
  options: ListOptions,
  { token, limit, signal }: PageQuestion,
): Promise<{ content: Page; bytes: number }> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (token !== undefined) query.set('continue', token);
  if (options.labelSelector !== undefined) query.set('labelSelector', options.labelSelector);
  if (options.fieldSelector !== undefined) query.set('fieldSelector', options.fieldSelector);
  // Values of Secrets must not even cross the wire.
  const metadataOnly = options.metadataOnly === true || kind === 'Secret';
  const { status, body } = await client.get(
    { path: `${collectionPath(kind, options.namespace)}?${query}`, ...(metadataOnly ? { accept: METADATA_ONLY } : {}) },
    signal,
  );
  if (status !== 200) throw new RefusedList(status);
  return { content: JSON.parse(body.toString('utf8')) as Page, bytes: body.length };
}

/** Items of a list lack kind and apiVersion. */
function asObject(item: unknown, kind: Kind): KubeObject | undefined {
  const object = item as Partial<KubeObject> | null;
  if (typeof object?.metadata?.name !== 'string') return undefined;
  const { group, version } = RESOURCE_TYPES[kind];
  return { ...object, metadata: object.metadata, kind, apiVersion: group === '' ? version : `${group}/${version}` };
}

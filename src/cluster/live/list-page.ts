import { collectionPath, type Kind } from '../../domain/kubernetes/resource-type.ts';
import { AnswerTooLarge } from '../../net/read-body.ts';
import type { Page, PageContent, PageWish } from '../list-pages.ts';
import { type ListText, splitList } from '../list-text.ts';
import { parseJson } from '../parse-json.ts';
import type { ListOptions } from '../reader.ts';
import type { ApiClient } from './http/api-client.ts';
import { Refusal, Unintelligible } from './http/refusal.ts';
import { KINDS_IN_CACHE } from './kinds-in-cache.ts';
import { isWrittenInProtobuf, PROTOBUF, type ProtobufList, protobufList } from './protobuf/protobuf-list.ts';

const METADATA_ONLY = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const OK = 200;
/** Of one page, unpacked: parsing it takes several times as much memory. 500 large pods have 5 MB. */
const PAGE_BYTES = 16 * 2 ** 20;
/** A page that is too large is asked for again with a quarter of the items. */
const SHRINK = 4;

export interface PageQuestion extends PageWish {
  readonly client: ApiClient;
  readonly kind: Kind;
  readonly options: ListOptions;
  /** Whether this process goes on reading lists: our own code that reads them is compiled by now, or soon. */
  readonly longRunning: boolean;
}

/** One page, not parsed yet, with fewer items than asked for when these are large. Throws Refusal, AnswerTooLarge or what the network throws. */
export async function readPage(question: PageQuestion, signal: AbortSignal): Promise<Page> {
  const maxBytes = Math.min(PAGE_BYTES, question.maxBytes);
  let { limit } = question;
  let cached = question.token === undefined && KINDS_IN_CACHE.has(question.kind);
  for (;;) {
    try {
      return await askForPage(question, { limit, maxBytes, cached }, signal);
    } catch (error) {
      if (!(error instanceof AnswerTooLarge) || limit === 1) throw error;
      // The cache does not page; etcd does.
      if (!cached) limit = Math.ceil(limit / SHRINK);
      cached = false;
    }
  }
}

interface Attempt {
  readonly limit: number;
  readonly maxBytes: number;
  readonly cached: boolean;
}

async function askForPage(
  { client, kind, options, longRunning, token }: PageQuestion,
  { limit, maxBytes, cached }: Attempt,
  signal: AbortSignal,
): Promise<Page> {
  const query = new URLSearchParams({ limit: String(limit) });
  if (cached) query.set('resourceVersion', '0');
  if (token !== undefined) query.set('continue', token);
  if (options.labelSelector !== undefined) query.set('labelSelector', options.labelSelector);
  if (options.fieldSelector !== undefined) query.set('fieldSelector', options.fieldSelector);
  const accept = acceptOf(kind, options, longRunning || token !== undefined);
  const answer = await client.get(
    { path: `${collectionPath(kind, options.namespace, options.version)}?${query}`, maxBytes, ...(accept && { accept }) },
    signal,
  );
  if (answer.status !== OK) throw new Refusal(answer);
  const protobuf = protobufList(answer.body, kind);
  if (protobuf !== undefined) return protobufPage(protobuf, answer.body.length);
  const list = splitList(answer.body);
  return list === undefined ? wholePage(answer.body) : splitPage(list, answer.body.length, options.withoutManagedFields === true);
}

function acceptOf(kind: Kind, { metadataOnly, withoutManagedFields }: ListOptions, pays: boolean): string | undefined {
  // Values of Secrets must not even cross the wire.
  if (metadataOnly === true || kind === 'Secret') return METADATA_ONLY;
  // Less than half the work for the API server, but for code of ours that must warm up: it is for lists that go on. Who wrote which field is not read from it.
  return pays && withoutManagedFields === true && isWrittenInProtobuf(kind) ? PROTOBUF : undefined;
}

function protobufPage(list: ProtobufList, bytes: number): Page {
  return { bytes, ahead: list.token, open: () => ({ items: list.items(), token: list.token }) };
}

/** Holds the text, not the bytes: the next page is read while this one is kept. */
function splitPage(list: ListText, bytes: number, withoutManagedFields: boolean): Page {
  const token = tokenOf(list.head as ListMeta);
  return { bytes, ahead: token, open: () => ({ items: list.items({ withoutManagedFields }), token }) };
}

function wholePage(body: Buffer): Page {
  return { bytes: body.length, ahead: undefined, open: () => wholeList(body) };
}

interface ListMeta {
  readonly metadata?: { readonly continue?: unknown } | null;
}

function wholeList(body: Buffer): PageContent {
  const list = parseJson(body) as (ListMeta & { readonly items?: unknown }) | null | undefined;
  // An empty list of some kinds has `items: null`.
  if (!Array.isArray(list?.items) && list?.items !== null) throw new Unintelligible();
  return { items: list.items ?? [], token: tokenOf(list) };
}

function tokenOf({ metadata }: ListMeta): string | undefined {
  const token = metadata?.continue;
  return typeof token === 'string' && token !== '' ? token : undefined;
}

import { setImmediate } from 'node:timers/promises';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import { AnswerTooLarge } from '../net/read-body.ts';
import { asObject } from './object-of.ts';
import type { Listing, ListOptions } from './reader.ts';

const PAGE_ITEMS = 500;
const MAX_ITEMS = 50_000;
const MAX_BYTES = 512 * 2 ** 20;
/** Far more than any list has; a server may hand out places for ever. */
const MAX_PAGES = 1_000;

/** An answer that has come. */
export interface Page {
  readonly bytes: number;
  /** Where the next page begins, when the answer tells before it is parsed: that one is asked for meanwhile. */
  readonly ahead: string | undefined;
  /** Begins to parse the answer. Throws what makes it unintelligible, and so do its items. */
  readonly open: () => PageContent;
}

export interface PageContent {
  readonly items: Iterable<unknown>;
  /** Where the next page begins; undefined: this is the last. */
  readonly token: string | undefined;
  /** What was left out of it before it came here. */
  readonly problems?: readonly string[];
}

export interface PageWish {
  readonly token: string | undefined;
  readonly limit: number;
  readonly maxBytes: number;
}

export interface ListQuestion {
  readonly kind: Kind;
  readonly options: ListOptions;
  readonly readPage: (wish: PageWish, signal: AbortSignal) => Promise<Page>;
  /** Whether a page failed because its token has expired. */
  readonly isExpired: (error: unknown) => boolean;
  /** What a failed page says of itself. */
  readonly reasonOf: (error: unknown) => string;
}

/**
 * Every page of a list, each projected while the next one is on its way, so that memory holds two pages and what was kept of the others.
 * A token that has expired (410: etcd was compacted) begins the list anew, once. What was read before a page failed is kept,
 * as a list that was cut. Throws what the first page throws.
 */
export async function listPages(question: ListQuestion, signal: AbortSignal): Promise<Listing> {
  const first = await readAll(question, signal);
  if (!question.isExpired(first.failure)) return listingOf(first, question);
  const second = await readAll(question, signal);
  return listingOf(second.items.length >= first.items.length ? second : first, question);
}

interface Progress {
  readonly items: readonly KubeObject[];
  readonly problems: readonly string[];
  readonly bytes: number;
  readonly truncated: boolean;
  /** Why the list broke off. */
  readonly failure: unknown;
}

function listingOf({ items, problems, bytes, truncated, failure }: Progress, { kind, reasonOf }: ListQuestion): Listing {
  if (failure === undefined) return { items, truncated, bytes, problems };
  const brokeOff = `${resourceType(kind).plural}: the list broke off after ${items.length} items (${reasonOf(failure)})`;
  return { items, truncated: true, bytes, problems: [...problems, brokeOff] };
}

async function readAll({ readPage, kind, options }: ListQuestion, signal: AbortSignal): Promise<Progress> {
  const { maxItems = MAX_ITEMS, maxBytes = MAX_BYTES, pageSize = PAGE_ITEMS, project = (item) => item } = options;
  const items: KubeObject[] = [];
  const problems: string[] = [];
  let [bytes, seen] = [0, 0];
  const limitAfter = (pending: number): number => Math.min(pageSize, maxItems - items.length - pending);
  const ask = (token: string | undefined, limit: number): Promise<Page> => readPage({ token, limit, maxBytes: maxBytes - bytes }, signal);
  const keep = (item: unknown): void => {
    const object = asObject(item, kind);
    if (typeof object === 'string') problems.push(`${resourceType(kind).plural}: item ${seen} was left out, ${object}`);
    else items.push(project(object));
  };
  try {
    let limit = Math.max(1, limitAfter(0));
    let before: string | undefined;
    for (let [asked, pages] = [ask(undefined, limit), 1]; ; pages += 1) {
      const page = await asked;
      bytes += page.bytes;
      const ahead = page.ahead !== undefined && limitAfter(limit) > 0 && bytes < maxBytes ? ask(page.ahead, limitAfter(limit)) : undefined;
      if (ahead !== undefined) await goesOut(ahead);
      const content = page.open();
      problems.push(...(content.problems ?? []));
      for (const item of content.items) {
        seen += 1;
        // An answer from the cache may be longer than was asked for.
        if (items.length >= maxItems) return { items, problems, bytes, truncated: true, failure: undefined };
        keep(item);
      }
      limit = limitAfter(0);
      if (content.token !== undefined && content.token === before) throw new Error('it goes on where it went on before');
      before = content.token;
      if (content.token === undefined || limit === 0 || bytes >= maxBytes || pages >= MAX_PAGES) {
        return { items, problems, bytes, truncated: content.token !== undefined, failure: undefined };
      }
      asked = ahead ?? ask(content.token, limit);
    }
  } catch (failure) {
    const cut = failure instanceof AnswerTooLarge && maxBytes - bytes < MAX_BYTES;
    if (seen === 0 && !cut) throw failure;
    return { items, problems, bytes, truncated: true, failure: cut ? undefined : failure };
  }
}

/** Lets a request be sent before this thread is busy with the page at hand. Whoever awaits it hears of its failure. */
function goesOut(page: Promise<Page>): Promise<void> {
  page.catch(() => {});
  return setImmediate();
}

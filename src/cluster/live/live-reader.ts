import { isRecord } from '../../domain/is-record.ts';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { collectionPath, type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup, ReadFailure } from '../../domain/lookup.ts';
import type { Target } from '../../domain/report.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';
import { listPages, type Page, type PageWish } from '../list-pages.ts';
import { needsTo } from '../needs.ts';
import { asObject } from '../object-of.ts';
import type { EachWish, ObjectPage, PagedReader, PageOptions } from '../paged-reader.ts';
import { parseJson } from '../parse-json.ts';
import type { Listing, ListOptions, LogOptions, LogText } from '../reader.ts';
import { rejectedBy } from './credentials-rejected.ts';
import type { ApiClient } from './http/api-client.ts';
import { Refusal, Unintelligible } from './http/refusal.ts';
import { readPage } from './list-page.ts';
import { readLog } from './read-log.ts';
import { secretTold } from './secret-told.ts';

const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
const OK = 200;
const UNAUTHORIZED = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const FAILURES: Readonly<Record<number, ReadFailure>> = { 410: 'expired', 429: 'throttled', 504: 'late' };

export interface LiveReaderOptions {
  readonly client: ApiClient;
  readonly target: Target;
  readonly namespace: string | undefined;
  readonly now: () => Date;
  /** Whether a Secret that is asked for by name is told with its type and the names of its keys. */
  readonly secretKeys: boolean;
  /** Whether this process goes on reading lists. */
  readonly longRunning: boolean;
}

/** A running cluster. It can only GET. It throws an abort, and rejected credentials; every other failure is an answer that proves nothing. */
export class LiveReader implements PagedReader {
  readonly target: Target;
  readonly defaultNamespace: string | undefined;
  readonly asOf: string;
  readonly secretKeys: boolean;
  readonly #client: ApiClient;
  readonly #now: () => Date;
  readonly #longRunning: boolean;

  constructor({ client, target, namespace, now, secretKeys, longRunning }: LiveReaderOptions) {
    this.secretKeys = secretKeys;
    this.target = target;
    this.defaultNamespace = namespace;
    this.asOf = now().toISOString();
    this.#client = client;
    this.#now = now;
    this.#longRunning = longRunning;
  }

  get requests(): number {
    return this.#client.requests;
  }

  async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
    if (!isSegment(options.namespace ?? 'all')) return this.#absent();
    return this.#ask(needsTo('list', kind, options.namespace), signal, async () => {
      const read = (wish: PageWish) => this.#readPage(kind, options, wish, signal);
      const listing = await listPages({ kind, options, readPage: read, isExpired, reasonOf: failureReason }, signal);
      return { status: 'found', value: listing as Listing<T>, readAt: this.#readAt() };
    });
  }

  async page<T>(kind: Kind, options: PageOptions, { project, each, ...wish }: EachWish<T>, signal: AbortSignal): Promise<Lookup<ObjectPage<T>>> {
    if (!isSegment(options.namespace ?? 'all')) return this.#absent();
    return this.#ask(needsTo('list', kind, options.namespace), signal, async () => {
      const content = (await this.#readPage(kind, options, wish, signal)).open();
      const items: T[] = [];
      const problems: string[] = [];
      for (const item of content.items) {
        const object = asObject(item, kind);
        if (typeof object !== 'string') items.push(each(project(object)));
        else problems.push(`${resourceType(kind).plural}: item ${items.length + problems.length + 1} of a page was left out, ${object}`);
      }
      return { status: 'found', value: { items, token: content.token, problems }, readAt: this.#readAt() };
    });
  }

  async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
    if (!isSegment(name) || !isSegment(namespace ?? 'all')) return this.#absent();
    return this.#ask(needsTo('get', kind, namespace), signal, async () => {
      // Without that leave the values of Secrets must not even cross the wire.
      const isWhole = kind !== 'Secret' || this.secretKeys;
      const accept = isWhole ? {} : { accept: METADATA_ONLY };
      const answer = await this.#client.get({ path: `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`, ...accept }, signal);
      if (answer.status !== OK) throw new Refusal(answer);
      const raw = parseJson(answer.body);
      const told = kind === 'Secret' && isWhole && isRecord(raw) ? { told: secretTold(raw) } : {};
      const object = asObject(isRecord(raw) ? { ...raw, ...told } : raw, kind);
      if (typeof object === 'string') throw new Unintelligible();
      return { status: 'found', value: object as T, readAt: this.#readAt() };
    });
  }

  async logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
    const { namespace, pod } = options;
    if (!isSegment(namespace) || !isSegment(pod)) return this.#absent();
    return this.#ask(`get pods/log in ${namespace}`, signal, () => readLog(this.#client, options, signal, this.#now));
  }

  async attachment(): Promise<undefined> {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  #readPage(kind: Kind, options: ListOptions, wish: PageWish, signal: AbortSignal): Promise<Page> {
    return readPage({ client: this.#client, kind, options, longRunning: this.#longRunning, ...wish }, signal);
  }

  async #ask<T>(needs: string, signal: AbortSignal, work: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CodedError) throw error;
      if (!(error instanceof Refusal)) return { status: 'not-collected', needs, reason: failureReason(error), ...late(error) };
      if (error.status === UNAUTHORIZED || error.said.includes('User "system:anonymous"')) throw await rejectedBy(this.#client, this.#now());
      if (error.status === FORBIDDEN) return { status: 'forbidden', needs };
      if (error.status === NOT_FOUND && error.byApiServer) return this.#absent();
      const failure = FAILURES[error.status];
      return { status: 'not-collected', needs, reason: error.reason, ...(failure === undefined ? {} : { failure }) };
    }
  }

  #absent(): Lookup<never> {
    return { status: 'not-found', readAt: this.#readAt() };
  }

  #readAt(): string {
    return this.#now().toISOString();
  }
}

/** Names that no object can have, and that would ask for another path (apimachinery, IsValidPathSegmentName). */
function isSegment(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/%]/.test(name);
}

function failureReason(error: unknown): string {
  return error instanceof Refusal ? error.reason : reasonOf(error);
}

function isExpired(error: unknown): boolean {
  return error instanceof Refusal && FAILURES[error.status] === 'expired';
}

function late(error: unknown): { failure?: ReadFailure } {
  return (error as { name?: unknown }).name === 'TimeoutError' ? { failure: 'late' } : {};
}

import type * as z from 'zod';
import { isRecord } from '../../domain/is-record.ts';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { Target } from '../../domain/report.ts';
import { CodedError, coded } from '../../errors/coded-error.ts';
import { reasonOf } from '../../net/reason-of.ts';
import { logAnswerSchema, objectAnswerSchema, objectPageSchema, PAGE_ITEMS } from '../../protocol/agent.ts';
import { listPages, type Page, type PageContent, type PageWish } from '../list-pages.ts';
import { splitList } from '../list-text.ts';
import type { ApiClient } from '../live/http/api-client.ts';
import type { ApiAnswer } from '../live/http/exchange.ts';
import { needsTo } from '../needs.ts';
import { asObject } from '../object-of.ts';
import { parseJson } from '../parse-json.ts';
import type { ClusterReader, Listing, ListOptions, LogOptions, LogText } from '../reader.ts';
import { AgentRefusal } from './agent-refusal.ts';

const OK = 200;
const NO_AGENT = 'what answers at the address of the agent is none';
const NOT_ASKED_FOR = 'the agent answers with other objects than those asked for';
/** Of the text of a log; JSON spells some characters with six. */
const LOG_BYTES = 8 * 2 ** 20;
const MANY = 4;

export interface RemoteReaderOptions {
  readonly client: ApiClient;
  readonly target: Target;
  readonly defaultNamespace: string | undefined;
  readonly asOf: string;
  /** Whether the agent hands out Secrets. */
  readonly secretKeys: boolean;
  /** The namespaces that it hands out; null: all. */
  readonly handedOut: readonly string[] | null;
}

/** A cluster that an agent reads. It throws an abort, and that the agent refuses the caller; every other failure is an answer that proves nothing. */
export class RemoteReader implements ClusterReader {
  readonly target: Target;
  readonly defaultNamespace: string | undefined;
  readonly asOf: string;
  readonly secretKeys: boolean;
  readonly handedOut?: readonly string[];
  readonly #client: ApiClient;

  constructor({ client, target, defaultNamespace, asOf, secretKeys, handedOut }: RemoteReaderOptions) {
    this.secretKeys = secretKeys;
    if (handedOut !== null) this.handedOut = handedOut;
    this.target = target;
    this.defaultNamespace = defaultNamespace;
    this.asOf = asOf;
    this.#client = client;
  }

  get requests(): number {
    return this.#client.requests;
  }

  async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
    return this.#ask(needsTo('list', kind, options.namespace), signal, async () => {
      let readAt = this.asOf;
      const readPage = async (wish: PageWish): Promise<Page> => {
        const { body, length } = await this.#page(kind, options, wish, signal);
        const list = splitList(body);
        const { items, continue: next, problems, read_at: at } = understood(objectPageSchema, list?.head ?? parseJson(body));
        readAt = at;
        const token = next ?? undefined;
        const open = (): PageContent => ({ items: askedFor(list?.items({ withoutManagedFields: false }) ?? items, kind, options.namespace), token, problems });
        return { bytes: length, ahead: token, open };
      };
      const listing = await listPages({ kind, options, readPage, isExpired, reasonOf: failureReason }, signal);
      return { status: 'found', value: listing as Listing<T>, readAt };
    });
  }

  async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
    const needs = needsTo('get', kind, namespace);
    return this.#ask(needs, signal, async () => {
      const query = namespace === undefined ? '' : `?${new URLSearchParams({ namespace })}`;
      const { body } = await this.#answer({ path: `/api/v1/objects/${kind}/${encodeURIComponent(name)}${query}` }, signal);
      const answer = understood(objectAnswerSchema, parseJson(body));
      const object = asObject(answer.object, kind);
      if (typeof object === 'string') throw new Error(NO_AGENT);
      if (!isAskedFor(answer.object, kind, namespace) || object.metadata.name !== name) throw new Error(NOT_ASKED_FOR);
      return { status: 'found', value: object as T, readAt: answer.read_at };
    });
  }

  async logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
    const { namespace, pod, container, previous, tailLines, timestamps, maxBytes = LOG_BYTES, since } = options;
    return this.#ask(`get pods/log in ${namespace}`, signal, async () => {
      const query = new URLSearchParams({ container, previous: String(previous), max_bytes: String(Math.min(maxBytes, LOG_BYTES)) });
      if (tailLines !== undefined) query.set('tail', String(tailLines));
      if (timestamps !== undefined) query.set('timestamps', String(timestamps));
      if (since !== undefined) query.set('since', since);
      const path = `/api/v1/pods/${encodeURIComponent(namespace)}/${encodeURIComponent(pod)}/logs?${query}`;
      const { body } = await this.#answer({ path, maxBytes: MANY * LOG_BYTES }, signal);
      const { text, truncated, read_at: readAt } = understood(logAnswerSchema, parseJson(body));
      return { status: 'found', value: { text, truncated }, readAt };
    });
  }

  async attachment(): Promise<undefined> {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  async #page(kind: Kind, options: ListOptions, { token, limit, maxBytes }: PageWish, signal: AbortSignal): Promise<ApiAnswer> {
    const { namespace, version, labelSelector, fieldSelector, metadataOnly, withoutManagedFields, evidenceOnly } = options;
    const query = new URLSearchParams({ limit: String(Math.min(limit, PAGE_ITEMS)) });
    if (token !== undefined) query.set('continue', token);
    if (namespace !== undefined) query.set('namespace', namespace);
    if (version !== undefined) query.set('version', version);
    if (labelSelector !== undefined) query.set('label_selector', labelSelector);
    if (fieldSelector !== undefined) query.set('field_selector', fieldSelector);
    if (metadataOnly === true) query.set('metadata_only', 'true');
    if (withoutManagedFields === true) query.set('without_managed_fields', 'true');
    if (evidenceOnly === true) query.set('evidence_only', 'true');
    return this.#answer({ path: `/api/v1/objects/${kind}?${query}`, maxBytes }, signal);
  }

  async #answer(question: { path: string; maxBytes?: number }, signal: AbortSignal): Promise<ApiAnswer> {
    const answer = await this.#client.get(question, signal);
    if (answer.status !== OK) throw new AgentRefusal(answer);
    return answer;
  }

  async #ask<T>(needs: string, signal: AbortSignal, work: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof CodedError) throw error;
      if (!(error instanceof AgentRefusal)) return { status: 'not-collected', needs, reason: failureReason(error) };
      if (error.refusesCaller) throw coded('AGENT_REFUSES', { url: this.#client.server, reason: error.message.replace(/\.$/, '') });
      return error.lookup(needs);
    }
  }
}

function understood<T>(schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new Error(NO_AGENT);
  return parsed.data;
}

/** Throws at the first that is of another kind or namespace: in another's place it would be taken for what it is not. */
function* askedFor(items: Iterable<unknown>, kind: Kind, namespace: string | undefined): Generator<unknown> {
  for (const item of items) {
    if (!isAskedFor(item, kind, namespace)) throw new Error(NOT_ASKED_FOR);
    yield item;
  }
}

function isAskedFor(item: unknown, kind: Kind, namespace: string | undefined): boolean {
  if (!isRecord(item) || item['kind'] !== kind) return false;
  return namespace === undefined || !resourceType(kind).namespaced || (isRecord(item['metadata']) && item['metadata']['namespace'] === namespace);
}

function isExpired(error: unknown): boolean {
  return error instanceof AgentRefusal && error.isExpired;
}

function failureReason(error: unknown): string {
  const { message } = error as Error;
  return error instanceof AgentRefusal || message === NO_AGENT || message === NOT_ASKED_FOR ? message : `the agent: ${reasonOf(error)}`;
}

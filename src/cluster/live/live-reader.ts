import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { collectionPath, type Kind, RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { Target } from '../../domain/report.ts';
import type { ClusterReader, Listing, ListOptions, LogOptions, LogText } from '../reader.ts';
import type { ApiClient } from './http/api-client.ts';
import { reasonOf } from './http/failure.ts';
import { listPages, RefusedList } from './list-pages.ts';

const FORBIDDEN: ReadonlySet<number> = new Set([401, 403]);

export interface LiveReaderOptions {
  readonly client: ApiClient;
  readonly target: Target;
  readonly namespace: string | undefined;
  readonly now: () => Date;
}

/** A running cluster. It can only GET. An abort is thrown; every other failure is an answer that proves nothing. */
export class LiveReader implements ClusterReader {
  readonly target: Target;
  readonly defaultNamespace: string | undefined;
  readonly asOf: string;
  readonly #client: ApiClient;
  readonly #now: () => Date;

  constructor({ client, target, namespace, now }: LiveReaderOptions) {
    this.target = target;
    this.defaultNamespace = namespace;
    this.asOf = now().toISOString();
    this.#client = client;
    this.#now = now;
  }

  get requests(): number {
    return this.#client.requests;
  }

  async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
    const { plural } = RESOURCE_TYPES[kind];
    const needs = options.namespace === undefined ? `list ${plural}` : `list ${plural} in ${options.namespace}`;
    return this.#ask(needs, signal, async () => {
      const listing = await listPages(this.#client, kind, options, signal);
      return { status: 'found', value: listing as Listing<T>, readAt: this.#now().toISOString() };
    });
  }

  async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
    const { plural } = RESOURCE_TYPES[kind];
    const needs = namespace === undefined ? `get ${plural}` : `get ${plural} in ${namespace}`;
    return this.#ask(needs, signal, async () => {
      const metadataOnly = kind === 'Secret' ? { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' } : {};
      const { status, body } = await this.#client.get({ path: `${collectionPath(kind, namespace)}/${encodeURIComponent(name)}`, ...metadataOnly }, signal);
      if (status !== 200) throw new RefusedList(status);
      return { status: 'found', value: { ...(JSON.parse(body.toString('utf8')) as T), kind }, readAt: this.#now().toISOString() };
    });
  }

  async logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
    const { namespace, pod, container, previous, tailLines, maxBytes, since } = options;
    const query = new URLSearchParams({ container, previous: String(previous) });
    if (tailLines !== undefined) query.set('tailLines', String(tailLines));
    if (maxBytes !== undefined) query.set('limitBytes', String(maxBytes));
    if (since !== undefined) query.set('sinceTime', since);
    const path = `${collectionPath('Pod', namespace)}/${encodeURIComponent(pod)}/log?${query}`;
    return this.#ask(`get pods/log in ${namespace}`, signal, async () => {
      const { status, body } = await this.#client.get({ path, accept: 'text/plain, */*' }, signal);
      // 400: there is no such run of the container, or it has not started (kubelet: "previous terminated container … not found").
      if (status === 400) return { status: 'not-found', readAt: this.#now().toISOString() };
      if (status !== 200) throw new RefusedList(status);
      const text = body.toString('utf8');
      const lines = text.split('\n').length - 1;
      return {
        status: 'found',
        value: { text, truncated: body.length >= (maxBytes ?? Infinity) || lines >= (tailLines ?? Infinity) },
        readAt: this.#now().toISOString(),
      };
    });
  }

  async attachment(): Promise<undefined> {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }

  async #ask<T>(needs: string, signal: AbortSignal, work: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof RefusedList)) return { status: 'not-collected', needs, reason: reasonOf(error) };
      if (FORBIDDEN.has(error.status)) return { status: 'forbidden', needs };
      if (error.status === 404) return { status: 'not-found', readAt: this.#now().toISOString() };
      return { status: 'not-collected', needs, reason: `the API server answered with HTTP ${error.status}` };
    }
  }
}

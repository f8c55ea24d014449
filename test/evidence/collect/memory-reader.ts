import type { ClusterReader, Listing, ListOptions, LogOptions, LogText } from '../../../src/cluster/reader.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../../src/domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../../src/domain/lookup.ts';

export interface MemoryCluster {
  readonly objects?: readonly KubeObject[];
  /** By `namespace/pod/container`, with `/previous` behind it for the run before. */
  readonly logs?: Readonly<Record<string, string>>;
  readonly defaultNamespace?: string;
  readonly handedOut?: readonly string[];
  readonly reader?: 'live' | 'snapshot';
  readonly secretKeys?: boolean;
  /** Asked before each answer: an answer of its own, or a throw. */
  readonly intercept?: (request: {
    verb: 'list' | 'get' | 'logs';
    kind: Kind | 'Log';
    namespace: string | undefined;
  }) => Promise<Lookup<never> | undefined> | Lookup<never> | undefined;
}

/** A cluster of object literals that counts its requests as the API server would. */
export class MemoryReader implements ClusterReader {
  readonly target;
  readonly defaultNamespace: string | undefined;
  readonly handedOut?: readonly string[];
  readonly asOf = '2026-03-01T12:00:00Z';
  requests = 0;
  atOnce = 0;
  mostAtOnce = 0;
  readonly asked: string[] = [];
  /** By kind, where another version than the usual one was asked for, or the usual one by name. */
  readonly versions: Partial<Record<Kind, string>> = {};
  readonly secretKeys: boolean;
  readonly #cluster: MemoryCluster;

  constructor(cluster: MemoryCluster) {
    this.#cluster = cluster;
    this.secretKeys = cluster.secretKeys ?? false;
    this.defaultNamespace = cluster.defaultNamespace;
    if (cluster.handedOut !== undefined) this.handedOut = cluster.handedOut;
    this.target = { reader: cluster.reader ?? 'live', cluster: 'test', context: null, server_version: null } as const;
  }

  async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
    if (options.version !== undefined) this.versions[kind] = options.version;
    return this.#answer({ verb: 'list', kind, namespace: options.namespace }, `list ${kind} ${options.namespace ?? '*'}`, signal, () => {
      const terms = (options.fieldSelector ?? '').split(',').filter((term) => term !== '');
      const selected = (object: KubeObject): boolean =>
        terms.every((term) => {
          const [, field = '', operator, wanted] = /^(.+?)(!?=)(.*)$/.exec(term) ?? [];
          return (valueAt(object, field) === wanted) === (operator === '=');
        });
      const matching = (this.#cluster.objects ?? []).filter(
        (object) => object.kind === kind && (options.namespace === undefined || object.metadata.namespace === options.namespace) && selected(object),
      );
      const items = matching.slice(0, options.maxItems).map((item) => (options.project ? options.project(structuredClone(item)) : item));
      return { status: 'found', readAt: this.asOf, value: { items: items as T[], truncated: items.length < matching.length, bytes: 0, problems: [] } };
    });
  }

  async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
    return this.#answer({ verb: 'get', kind, namespace }, `get ${kind} ${namespace ?? ''}/${name}`, signal, () => {
      const own = resourceType(kind).namespaced ? namespace : undefined;
      const found = (this.#cluster.objects ?? []).find((object) => object.kind === kind && object.metadata.name === name && object.metadata.namespace === own);
      return found === undefined ? { status: 'not-found', readAt: this.asOf } : { status: 'found', readAt: this.asOf, value: found as T };
    });
  }

  async logs({ namespace, pod, container, previous }: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
    const key = `${namespace}/${pod}/${container}${previous ? '/previous' : ''}`;
    return this.#answer({ verb: 'logs', kind: 'Log', namespace }, `logs ${key}`, signal, () => {
      const text = this.#cluster.logs?.[key];
      return text === undefined ? { status: 'not-found', readAt: this.asOf } : { status: 'found', readAt: this.asOf, value: { text, truncated: false } };
    });
  }

  async attachment(): Promise<undefined> {
    return undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  async #answer<T>(
    request: Parameters<NonNullable<MemoryCluster['intercept']>>[0],
    asked: string,
    signal: AbortSignal,
    answer: () => Lookup<T>,
  ): Promise<Lookup<T>> {
    signal.throwIfAborted();
    this.requests += 1;
    this.asked.push(asked);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      await Promise.resolve();
      const own = await this.#cluster.intercept?.(request);
      signal.throwIfAborted();
      return own ?? answer();
    } finally {
      this.atOnce -= 1;
    }
  }
}

function valueAt(object: KubeObject, path: string): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], object);
}

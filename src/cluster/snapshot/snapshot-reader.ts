import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { type Kind, resourceType } from '../../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../domain/lookup.ts';
import type { Target } from '../../domain/report.ts';
import type { ClusterReader, Listing, ListOptions, LogOptions, LogText } from '../reader.ts';
import { decodeText } from './files/decode-text.ts';
import type { FileTree } from './files/file-tree.ts';
import type { Layout } from './layouts/place.ts';
import type { DumpLogs } from './logs/dump-logs.ts';
import type { DumpObjects, Holding } from './objects/dump-objects.ts';
import { selectItems } from './select-items.ts';

export interface SnapshotParts {
  readonly tree: FileTree;
  readonly layout: Layout;
  readonly objects: DumpObjects;
  readonly logs: DumpLogs;
  readonly target: Target;
  readonly asOf: string;
  readonly defaultNamespace: string | undefined;
  readonly namespaces: readonly string[];
  /** What is wrong with the dump as a whole. */
  readonly problems: readonly string[];
  /** Files of it that hold nothing readable, and may have been of any kind. */
  readonly unreadable: readonly string[];
}

const MAX_ATTACHMENT_BYTES = 64 * 1024 ** 2;

/** A dump as a cluster. What its files do not hold was not collected; what they hold completely proves absence. */
export class SnapshotReader implements ClusterReader {
  readonly target: Target;
  readonly asOf: string;
  readonly defaultNamespace: string | undefined;
  readonly namespaces: readonly string[];
  readonly problems: readonly string[];
  readonly requests = 0;
  readonly #parts: SnapshotParts;

  constructor(parts: SnapshotParts) {
    this.target = parts.target;
    this.asOf = parts.asOf;
    this.defaultNamespace = parts.defaultNamespace;
    this.namespaces = parts.namespaces;
    this.problems = [...parts.problems, ...parts.unreadable];
    this.#parts = parts;
  }

  async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
    signal.throwIfAborted();
    const holding = await this.#parts.objects.holding(kind, options.namespace);
    if (holding.status !== 'held') return this.#withoutObjects(holding, kind, options.namespace);
    const { items, truncated } = selectItems(holding.items, options);
    return { status: 'found', value: { items: items as readonly T[], truncated, bytes: holding.bytes, problems: holding.problems }, readAt: this.asOf };
  }

  async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
    signal.throwIfAborted();
    const scope = resourceType(kind).namespaced ? namespace : undefined;
    const holding = await this.#parts.objects.holding(kind, scope);
    if (holding.status !== 'held') return this.#withoutObjects(holding, kind, scope);
    const object = holding.items.find(({ metadata }) => metadata.name === name);
    if (object !== undefined) return { status: 'found', value: object as T, readAt: this.asOf };
    const [problem] = holding.problems;
    if (problem === undefined) return { status: 'not-found', readAt: this.asOf };
    return { status: 'not-collected', needs: this.#needs(kind, scope, 'a complete '), reason: problem };
  }

  async logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>> {
    signal.throwIfAborted();
    return this.#parts.logs.read(options);
  }

  /** The shallowest file of that name. */
  async attachment(name: string, signal: AbortSignal): Promise<string | undefined> {
    signal.throwIfAborted();
    const { tree } = this.#parts;
    const [path] = tree.paths.filter((path) => path === name || path.endsWith(`/${name}`)).sort((a, b) => a.length - b.length);
    return path === undefined ? undefined : decodeText((await tree.read(path, MAX_ATTACHMENT_BYTES)).bytes);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#parts.tree[Symbol.asyncDispose]();
  }

  #withoutObjects(holding: Exclude<Holding, { status: 'held' }>, kind: Kind, namespace: string | undefined): Lookup<never> {
    switch (holding.status) {
      case 'no-such-namespace':
        return { status: 'not-found', readAt: this.asOf };
      case 'forbidden':
        return { status: 'forbidden', needs: holding.needs ?? permission(kind, namespace) };
      case 'absent': {
        const needs = this.#needs(kind, namespace, holding.reason === undefined ? '' : 'a readable ');
        const reason = holding.reason ?? this.#parts.problems[0];
        return reason === undefined ? { status: 'not-collected', needs } : { status: 'not-collected', needs, reason };
      }
    }
  }

  #needs(kind: Kind, namespace: string | undefined, what: string): string {
    return `${what}${this.#parts.layout.fileOf(kind, namespace)} in the dump`;
  }
}

function permission(kind: Kind, namespace: string | undefined): string {
  return `list ${resourceType(kind).plural}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

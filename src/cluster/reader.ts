import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Target } from '../domain/report.ts';

/** What a list answered: everything up to the limits, and whether a limit cut it. */
export interface Listing<T extends KubeObject = KubeObject> {
  readonly items: readonly T[];
  readonly truncated: boolean;
  readonly bytes: number;
  /** Parts that could not be read inside what was: a truncated file in a dump, an item without a name. */
  readonly problems: readonly string[];
}

export interface ListOptions {
  /** undefined: all namespaces, or a cluster-scoped kind */
  readonly namespace?: string;
  /** The API version to ask for, where a cluster does not serve the usual one. */
  readonly version?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Names, labels and owners only (PartialObjectMetadata), for kinds whose content is not needed. */
  readonly metadataOnly?: boolean;
  /** Who wrote which field is not needed: a reader may leave it out (metadata.managedFields). */
  readonly withoutManagedFields?: boolean;
  /** What no rule looks at is not needed: an agent leaves it out where that can be (evidence/collect/projections.ts). */
  readonly evidenceOnly?: boolean;
  readonly maxItems?: number;
  /** Items a page; a hint for kinds whose objects are small, so that fewer requests are sent. */
  readonly pageSize?: number;
  readonly maxBytes?: number;
  /** Called with each page's items before the next is read; what it returns is kept. Keeps memory flat on large clusters. */
  readonly project?: (item: KubeObject) => KubeObject;
}

export interface LogOptions {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  readonly tailLines?: number;
  /** Before each line the time at which the runtime got it; a dump has it or not. */
  readonly timestamps?: boolean;
  readonly maxBytes?: number;
  readonly since?: string;
}

export interface LogText {
  readonly text: string;
  readonly truncated: boolean;
}

/** The one way to a cluster, read-only by construction: there is no method that writes. live/, snapshot/ and remote/ implement it. */
export interface ClusterReader extends AsyncDisposable {
  readonly target: Target;
  /** The namespace of the context or the dump, if it names one. */
  readonly defaultNamespace: string | undefined;
  /** The namespaces that a dump holds; undefined on a live cluster, which is asked. */
  readonly namespaces?: readonly string[];
  /** All that whoever asks may see: nothing that is of other namespaces may be read for them, by whatever way; undefined: everything. */
  readonly within?: readonly string[];
  /** All that an agent hands out of a cluster; undefined: whatever may be read. */
  readonly handedOut?: readonly string[];
  /** What is wrong with a dump as a whole: an archive that was cut, links that were not followed. One sentence each. */
  readonly problems?: readonly string[];
  /** Whether a Secret that is asked for by name is told with its type and keys: only where somebody opted in to it. */
  readonly secretKeys?: boolean;
  /** When the evidence was taken: now for a live cluster, the collection time for a dump. ISO 8601. */
  readonly asOf: string;
  /** How many requests were sent so far; 0 for a dump. */
  readonly requests: number;
  list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>>;
  get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>>;
  logs(options: LogOptions, signal: AbortSignal): Promise<Lookup<LogText>>;
  /** A file that lies beside the objects of a dump (alerts.json, metrics.om); undefined where there is none, as on a live cluster. */
  attachment(name: string, signal: AbortSignal): Promise<string | undefined>;
}

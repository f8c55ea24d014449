import type { Coverage } from './coverage.ts';
import type { Gap } from './gap.ts';
import type { KubeEvent } from './kubernetes/event.ts';
import type { KubeObject } from './kubernetes/object.ts';
import type { Kind } from './kubernetes/resource-type.ts';
import type { LogExcerpt } from './log-excerpt.ts';
import type { Lookup } from './lookup.ts';
import type { Telemetry } from './telemetry.ts';

/** All that one run has read, answered without I/O. Filled by evidence/, read by topology, facts, rules and correlate. */
export interface Inventory {
  /** ISO time that the evidence speaks of. Ages are measured against it, never against the clock of this machine. */
  readonly asOf: string;
  readonly coverage: readonly Coverage[];
  readonly gaps: readonly Gap[];
  readonly telemetry: Telemetry;
  /** Objects of a kind, in one namespace or in all that were read. Empty when nothing was read: ask `lookup` or `covers` before concluding. */
  list<T extends KubeObject>(kind: Kind, namespace?: string): readonly T[];
  /** Four-valued: `not-found` only when the kind was listed completely in that namespace, or a direct read said 404. */
  lookup<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string): Lookup<T>;
  /** True when the kind was listed completely (not truncated) in that namespace. */
  covers(kind: Kind, namespace?: string): boolean;
  /** Events about an object, newest first; matched by uid where both have one, else by kind, namespace and name. */
  eventsOf(object: KubeObject): readonly KubeEvent[];
  /** Mined logs of a container. */
  logsOf(namespace: string, pod: string, container: string): readonly LogExcerpt[];
  readonly namespaces: readonly string[];
}

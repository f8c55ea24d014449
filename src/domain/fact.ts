import type { EvidenceDraft } from './evidence.ts';
import type { ObjectRef } from './object-ref.ts';

/** What rules are written about. One fact is one subject, joined with all that matters around it. */
export const SUBJECTS = [
  'Container',
  'Pod',
  'Workload',
  'Service',
  'Ingress',
  'Claim',
  'Volume',
  'Node',
  'Namespace',
  'ResourceQuota',
  'LimitRange',
  'Autoscaler',
  'DisruptionBudget',
  'Webhook',
  'ApiService',
  'NetworkPolicy',
  'Dependency',
  'ServiceHealth',
  'NodeService',
  'Resource',
  'Experiment',
] as const;
export type Subject = (typeof SUBJECTS)[number];

/** Where a text that rules may match came from. */
export type TextSource = 'event' | 'waiting' | 'terminated' | 'condition' | 'status' | 'log' | 'alert' | 'node-service' | 'connectivity';

/** A message beside a fact, ready to be cited. `stale`: it speaks of a time before the subject recovered. */
export interface FactText {
  readonly source: TextSource;
  readonly reason: string | null;
  readonly text: string;
  readonly at: string | null;
  readonly age_s: number | null;
  readonly count: number;
  readonly stale: boolean;
  readonly evidence: EvidenceDraft;
}

/** The object and field path that a path of the document was read from; the path is empty for a line of a log, which has none. */
export interface Origin {
  readonly object: ObjectRef;
  readonly fieldPath: string;
  readonly source?: EvidenceDraft['source'];
  /** What was read there, word for word, where the path's value is derived: the log line, the selector. Shown instead of `field = value`. */
  readonly excerpt?: string;
  /** When it happened, where that is known. */
  readonly observedAt?: string | null;
}

/**
 * The typed fact that rules see. `doc` is plain JSON: every top-level key of the subject's schema is present, null where
 * unknown. `signals` are the tokens by which rules are indexed (see domain/signals.ts): event reasons, waiting and
 * termination reasons, `exit-1`, `Ready=False`, `log`.
 */
export interface Fact {
  readonly subject: Subject;
  readonly id: string;
  /** The API object this was read from. */
  readonly object: ObjectRef;
  readonly container?: string;
  readonly doc: Readonly<Record<string, unknown>>;
  readonly texts: readonly FactText[];
  readonly signals: ReadonlySet<string>;
  /** Objects by role: self, pod, workload, node, namespace, service, claim, … A rule's blame and victims name roles. */
  readonly relations: Readonly<Record<string, ObjectRef | undefined>>;
  /** Objects by role where a role has several: the cordoned nodes, the workloads that a quota refuses. Victims and via may name these too. */
  readonly groups?: Readonly<Record<string, readonly ObjectRef[]>>;
  /** Since when the subject has been in trouble, as far as it can be read. */
  readonly since: string | null;
  origin(path: string): Origin;
}

import type { Fact } from '../domain/fact.ts';
import type { NamespaceDoc } from '../domain/facts/namespace.ts';
import { type Condition, type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { conditionMap } from './pod-context.ts';
import { conditionTexts } from './texts.ts';

interface Namespace extends KubeObject {
  readonly spec?: { readonly finalizers?: readonly string[] };
  readonly status?: { readonly phase?: string; readonly conditions?: readonly Condition[] };
}

/** What the namespace controller reports, the most telling first (pkg/controller/namespace/deletion/status_condition_utils.go). */
const BLOCKERS: readonly (readonly [string, NonNullable<NamespaceDoc['blocked_kind']>])[] = [
  ['NamespaceDeletionDiscoveryFailure', 'discovery'],
  ['NamespaceDeletionGroupVersionParsingFailure', 'group-version'],
  ['NamespaceFinalizersRemaining', 'finalizers'],
  ['NamespaceDeletionContentFailure', 'content'],
  ['NamespaceContentRemaining', 'content'],
];

export function* namespaceFacts(context: FactContext): Iterable<Fact> {
  for (const namespace of context.inventory.list<Namespace>('Namespace')) yield namespaceFact(context, namespace);
}

function namespaceFact(context: FactContext, namespace: Namespace): Fact {
  const conditions = conditionMap(context, namespace.status?.conditions);
  const blocker = BLOCKERS.find(([type]) => conditions[type]?.status === 'True');
  const doc: NamespaceDoc = {
    name: namespace.metadata.name,
    phase: namespace.status?.phase ?? null,
    deleting_s: ageSeconds(context, namespace.metadata.deletionTimestamp),
    finalizers: [...(namespace.spec?.finalizers ?? [])],
    blocked_by: blocker === undefined ? null : (conditions[blocker[0]]?.message ?? blocker[0]),
    blocked_kind: blocker?.[1] ?? null,
    pod_security: namespace.metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? null,
    conditions,
  };
  return objectFact({
    subject: 'Namespace',
    object: refOf(namespace),
    doc,
    texts: conditionTexts(context, namespace, namespace.status?.conditions),
    since: namespace.metadata.deletionTimestamp ?? null,
    origins: {
      phase: 'status.phase',
      deleting_s: 'metadata.deletionTimestamp',
      blocked_by: `status.conditions[type=${blocker?.[0] ?? ''}].message`,
      blocked_kind: `status.conditions[type=${blocker?.[0] ?? ''}].status`,
      conditions: 'status.conditions',
    },
  });
}

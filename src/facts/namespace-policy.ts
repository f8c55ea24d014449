import { lastWritten } from '../changes/last-written.ts';
import { revisionsOf } from '../changes/revisions.ts';
import type { WorkloadDoc } from '../domain/facts/workload.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import { ageSeconds, type FactContext } from './context.ts';

type PolicyPart = Pick<WorkloadDoc, 'revision_s' | 'namespace_written_s' | 'pod_security'>;

/** When template and namespace were last changed, of a workload whose pods are refused: the one that came later is what did not fit. */
export function policyPart(context: FactContext, workload: Workload, refused: boolean): PolicyPart {
  if (!refused) return { revision_s: null, namespace_written_s: null, pod_security: null };
  const { namespace = '', creationTimestamp } = workload.metadata;
  const lookup = context.inventory.lookup<KubeObject>('Namespace', undefined, namespace);
  const found = lookup.status === 'found' ? lookup.value : undefined;
  return {
    revision_s: ageSeconds(context, revisionsOf(context.inventory, workload)[0]?.createdAt ?? creationTimestamp),
    namespace_written_s: found === undefined ? null : ageSeconds(context, lastWritten(found)),
    pod_security: found?.metadata.labels?.['pod-security.kubernetes.io/enforce'] ?? null,
  };
}

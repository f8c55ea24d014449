import { controllerOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { Candidate } from './candidate.ts';
import type { Known } from './known.ts';

/** Troubles that come from the pod template: all pods of one revision should share them. */
const OF_TEMPLATE: ReadonlySet<string> = new Set(['image-not-pulled', 'not-configured']);

/**
 * How many pods of the same revision are ready although the candidate blames what they all share. Zero where the blame does not
 * lie on the template.
 */
export function healthySiblings({ effect, foreign, subjects }: Candidate, { inventory }: Known): number {
  if (foreign || !OF_TEMPLATE.has(effect)) return 0;
  const seen = new Set(subjects.map(({ namespace, name }) => `${namespace}/${name}`));
  const revisions = new Set<string>();
  for (const { kind, namespace, name } of subjects) {
    const pod = kind === 'Pod' ? inventory.lookup<Pod>('Pod', namespace, name) : undefined;
    const revision = pod?.status === 'found' ? revisionOf(pod.value) : undefined;
    if (revision !== undefined) revisions.add(revision);
  }
  if (revisions.size === 0) return 0;
  const pods = inventory.list<Pod>('Pod', subjects[0]?.namespace);
  return pods.filter((pod) => revisions.has(revisionOf(pod) ?? '') && !seen.has(`${pod.metadata.namespace}/${pod.metadata.name}`) && isReady(pod)).length;
}

/** Pods of one ReplicaSet share a template; those of a StatefulSet or DaemonSet share it when their revision label is equal. */
function revisionOf(pod: Pod): string | undefined {
  const controller = controllerOf(pod);
  if (controller === undefined) return undefined;
  const hash = pod.metadata.labels?.['controller-revision-hash'] ?? '';
  return controller.kind === 'ReplicaSet' || hash !== '' ? `${pod.metadata.namespace}/${controller.kind}/${controller.name}/${hash}` : undefined;
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') ?? false;
}

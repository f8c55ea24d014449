import { controllerOf, type KubeObject } from '../../domain/kubernetes/object.ts';
import type { Workload } from '../../domain/kubernetes/workload.ts';
import { projectTemplates } from './project-pod.ts';

/** The present revision and the one before show what a rollout changed; one more, because the newest may have only restarted the pods. */
const REVISIONS = 3;
const REVISION = 'deployment.kubernetes.io/revision';

/** Old ReplicaSets without pods keep their name, owner and revision; only the newest three of a Deployment keep their template. */
export function replicaSetProjection(): (object: KubeObject) => KubeObject {
  const newest = new Map<string, Workload[]>();
  return (object) => {
    const set = projectTemplates(object) as Workload & { spec?: object };
    const owner = controllerOf(set);
    if (owner === undefined) return set;
    const key = owner.uid ?? `${set.metadata.namespace}/${owner.name}`;
    const kept = [...(newest.get(key) ?? []), set].sort((a, b) => revisionOf(b) - revisionOf(a));
    for (const old of kept.slice(REVISIONS)) if (!hasPods(old)) dropTemplate(old);
    newest.set(key, kept.slice(0, REVISIONS));
    return set;
  };
}

function revisionOf({ metadata }: Workload): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

function hasPods({ spec, status }: Workload): boolean {
  return (spec?.replicas ?? 0) > 0 || (status?.replicas ?? 0) > 0;
}

/** In place: the set was handed out before a newer one was seen. */
function dropTemplate(set: Workload): void {
  const { spec } = set as { spec?: { template?: unknown } };
  if (spec !== undefined) delete spec.template;
}

import type { Inventory } from '../../domain/inventory.ts';
import type { Pod, PodSpec } from '../../domain/kubernetes/pod.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { Scope } from '../../domain/report.ts';
import { isHealthy } from './project-pod.ts';

export interface Reference {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string;
}

const MAX_REFERENCES = 10;

/** Objects that failing pods refer to and that no list answered for. Secrets are left out: no permission on them is asked for. */
export function unlistedReferences(inventory: Inventory, scope: Scope): Reference[] {
  const found = new Map<string, Reference>();
  for (const pod of inventory.list<Pod>('Pod')) {
    const { namespace } = pod.metadata;
    if (isHealthy(pod) || (scope.namespaces.length > 0 && !scope.namespaces.includes(namespace ?? ''))) continue;
    for (const [kind, name] of named(pod.spec)) {
      const { status } = inventory.lookup(kind, namespace, name);
      const place = kind === 'Node' ? undefined : namespace;
      if (status === 'forbidden' || status === 'not-collected') found.set(`${kind}/${place ?? ''}/${name}`, { kind, namespace: place, name });
    }
    if (found.size >= MAX_REFERENCES) break;
  }
  return [...found.values()].slice(0, MAX_REFERENCES);
}

function* named(spec: PodSpec | undefined): Iterable<readonly [Kind, string]> {
  for (const { persistentVolumeClaim, configMap } of spec?.volumes ?? []) {
    if (persistentVolumeClaim) yield ['PersistentVolumeClaim', persistentVolumeClaim.claimName];
    if (configMap?.name) yield ['ConfigMap', configMap.name];
  }
  for (const { envFrom, env } of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]) {
    for (const { configMapRef } of envFrom ?? []) if (configMapRef?.name) yield ['ConfigMap', configMapRef.name];
    for (const { valueFrom } of env ?? []) if (valueFrom?.configMapKeyRef?.name) yield ['ConfigMap', valueFrom.configMapKeyRef.name];
  }
  if (spec?.nodeName) yield ['Node', spec.nodeName];
}

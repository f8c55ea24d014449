import type { Inventory } from '../../domain/inventory.ts';
import type { Ingress } from '../../domain/kubernetes/network.ts';
import type { Pod, PodSpec } from '../../domain/kubernetes/pod.ts';
import type { Scope } from '../../domain/report.ts';
import { isHealthy } from './project-pod.ts';
import type { Reference } from './unlisted-references.ts';

const MAX_SECRETS = 10;

/** Secrets that failing pods and Ingresses refer to: each is asked for by name, so that no list of all of them is needed. */
export function secretReferences(inventory: Inventory, { namespaces }: Scope): Reference[] {
  const isInScope = (namespace: string | undefined): boolean => namespaces.length === 0 || namespaces.includes(namespace ?? '');
  const named = function* (): Iterable<readonly [namespace: string | undefined, name: string | undefined]> {
    for (const { metadata, spec } of inventory.list<Ingress>('Ingress')) for (const { secretName } of spec?.tls ?? []) yield [metadata.namespace, secretName];
    for (const pod of inventory.list<Pod>('Pod')) if (!isHealthy(pod)) for (const name of secretsOf(pod.spec)) yield [pod.metadata.namespace, name];
  };
  const found = new Map<string, Reference>();
  for (const [namespace, name] of named()) {
    if (name === undefined || name === '' || !isInScope(namespace)) continue;
    found.set(`${namespace}/${name}`, { kind: 'Secret', namespace, name });
    if (found.size >= MAX_SECRETS) break;
  }
  return [...found.values()];
}

function* secretsOf({ volumes = [], imagePullSecrets = [], initContainers = [], containers }: PodSpec): Iterable<string | undefined> {
  for (const { name } of imagePullSecrets) yield name;
  for (const { env = [], envFrom = [] } of [...initContainers, ...containers]) {
    for (const { valueFrom } of env) yield valueFrom?.secretKeyRef?.name;
    for (const { secretRef } of envFrom) yield secretRef?.name;
  }
  for (const { secret, projected } of volumes) {
    yield secret?.secretName;
    for (const { secret: source } of projected?.sources ?? []) yield source?.name;
  }
}

import { refOf } from '../domain/kubernetes/object.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import { sameObject } from '../domain/object-ref.ts';
import { addressText } from '../topology/addresses/configured-addresses.ts';
import { addressesInSetting } from '../topology/addresses/written-addresses.ts';
import { containersOf } from '../topology/pod-references.ts';
import type { FactContext } from './context.ts';
import type { Dependency } from './dependency-calls.ts';
import type { Network } from './network.ts';

const REVISION = 'deployment.kubernetes.io/revision';

/** The address that the newest earlier revision had in the same variable, where it differs and leads to a Service that exists. */
export function formerAddress(context: FactContext, network: Network, { address, caller }: Dependency): string | null {
  if (address === undefined || address.how !== 'env') return null;
  const revisions = context.inventory
    .list<Workload>('ReplicaSet', caller.namespace)
    .filter((replicaSet) => sameObject(context.graph.ownerOf(refOf(replicaSet)), caller.ref))
    .toSorted((a, b) => revision(b) - revision(a));
  for (const replicaSet of revisions.slice(1)) {
    const container = containersOf(podTemplateOf(replicaSet)?.spec ?? { containers: [] }).find(
      (entry) => entry.container.name === address.container,
    )?.container;
    const value = container?.env?.find(({ name }) => name === address.name)?.value;
    const former = value === undefined ? undefined : addressesInSetting(address.name, value)[0];
    if (former === undefined || (former.host === address.host && former.port === address.port)) continue;
    const target = network.resolver.resolve(former.host, caller.namespace);
    const answers = target.kind === 'service' && (former.port === null || (target.service.spec?.ports ?? []).some(({ port }) => port === former.port));
    return answers ? addressText(former) : null;
  }
  return null;
}

function revision({ metadata }: Workload): number {
  return Number(metadata.annotations?.[REVISION] ?? 0);
}

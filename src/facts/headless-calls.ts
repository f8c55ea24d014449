import type { LogEndpoint } from '../domain/log-excerpt.ts';
import { refKey, sameObject } from '../domain/object-ref.ts';
import type { ConfiguredAddress } from '../topology/addresses/configured-addresses.ts';
import type { HostResolver, Resolution } from '../topology/addresses/host-resolver.ts';
import type { Site, Sites } from '../topology/sites.ts';

/** What the caller asked for when its log names the address of a pod. */
interface Asked {
  readonly target: Resolution;
  readonly endpoint: LogEndpoint;
}

const PORT_OF_SCHEME: Readonly<Record<string, number>> = { http: 80, https: 443 };

/**
 * A headless Service answers with the addresses of its pods, so an error that names a pod's address is one of the Service whose
 * name the caller is configured with, at the port that is written beside the name.
 */
export function askedByName(
  { target, endpoint }: Asked,
  { caller, addresses, resolver, sites }: { caller: Site; addresses: readonly ConfiguredAddress[]; resolver: HostResolver; sites: Sites },
): Asked {
  if (target.kind !== 'workload') return { target, endpoint };
  for (const { host, port, scheme } of addresses) {
    const named = resolver.resolve(host, caller.namespace);
    if (named.kind !== 'service' || named.service.spec?.clusterIP !== 'None' || refKey(caller.ref) === refKey(target.ref)) continue;
    const behind = sites.workloads.selected(named.ref.namespace, named.service.spec.selector);
    if (!behind.some((workload) => sameObject(workload, target.ref))) continue;
    return { target: named, endpoint: { ...endpoint, port: endpoint.port ?? port ?? PORT_OF_SCHEME[scheme ?? ''] ?? null } };
  }
  return { target, endpoint };
}

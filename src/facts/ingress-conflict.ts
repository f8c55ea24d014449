import type { IngressDoc } from '../domain/facts/ingress.ts';
import type { Ingress } from '../domain/kubernetes/network.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { refLabel } from '../domain/object-ref.ts';
import { ingressBackends } from '../topology/edges/services.ts';

const LEGACY_CLASS = 'kubernetes.io/ingress.class';
/** Made to share host and path with another: ingress-nginx sends a part of the traffic there. */
const CANARY = 'nginx.ingress.kubernetes.io/canary';

/** Claims by class, host and path, so that each Ingress is compared with those alone that want the same. */
export type IngressClaims = ReadonlyMap<string, readonly { readonly ingress: Ingress; readonly service: string }[]>;

export function ingressClaims(ingresses: readonly Ingress[]): IngressClaims {
  const claims = ingresses.filter(isExclusive).flatMap((ingress) => claimsOf(ingress).map((claim) => ({ ...claim, ingress })));
  return Map.groupBy(claims, ({ key }) => key);
}

/** An older Ingress of the same class that sends the same host and path elsewhere: controllers serve one of them only. */
export function ingressConflict(ingress: Ingress, claims: IngressClaims): IngressDoc['conflict'] {
  if (!isExclusive(ingress)) return null;
  for (const { key, host, path, service } of claimsOf(ingress)) {
    const rival = claims.get(key)?.find((other) => other.ingress !== ingress && other.service !== service && isOlder(other.ingress, ingress));
    if (rival !== undefined) return { other: refLabel(refOf(rival.ingress)), where: `${host}${path}`, service, rival: rival.service };
  }
  return null;
}

function isExclusive({ metadata }: Ingress): boolean {
  return metadata.annotations?.[CANARY] !== 'true' && metadata.deletionTimestamp === undefined;
}

function claimsOf(ingress: Ingress): { key: string; host: string; path: string; service: string }[] {
  const kind = ingress.spec?.ingressClassName ?? ingress.metadata.annotations?.[LEGACY_CLASS] ?? '';
  return [...ingressBackends(ingress)].flatMap(({ backend, host, url }) => {
    if (backend.service?.name === undefined || host === null) return [];
    const service = `${ingress.metadata.namespace}/${backend.service.name}:${backend.service.port?.name ?? backend.service.port?.number ?? ''}`;
    return [{ key: `${kind} ${host}${url ?? '/'}`, host, path: url ?? '/', service }];
  });
}

function isOlder(a: Ingress, b: Ingress): boolean {
  const [first, second] = [Date.parse(a.metadata.creationTimestamp ?? ''), Date.parse(b.metadata.creationTimestamp ?? '')];
  return first === second || Number.isNaN(first) || Number.isNaN(second) ? refLabel(refOf(a)) < refLabel(refOf(b)) : first < second;
}

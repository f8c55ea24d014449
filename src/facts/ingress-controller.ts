import type { IngressDoc } from '../domain/facts/ingress.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { ObjectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import type { Network } from './network.ts';
import { wantedPods } from './service-pods.ts';

interface IngressClass extends KubeObject {
  readonly spec?: { readonly controller?: string };
}

/** Which image serves which `spec.controller` of an IngressClass, as the projects document them. */
const CONTROLLERS: readonly (readonly [controller: string, image: RegExp])[] = [
  ['k8s.io/ingress-nginx', /ingress-nginx\/controller|nginx-ingress-controller/],
  ['nginx.org/ingress-controller', /nginx\/nginx-ingress|nginx-ingress/],
  ['traefik.io/ingress-controller', /(^|\/)traefik(:|@|$)/],
  ['haproxy.org/ingress-controller', /kubernetes-ingress|haproxy-ingress/],
  ['haproxy-ingress.github.io/controller', /haproxy-ingress/],
  ['ingress-controllers.konghq.com/kong', /kong\/kubernetes-ingress-controller/],
  ['projectcontour.io', /projectcontour\/contour/],
  ['ingress.k8s.aws/alb', /aws-load-balancer-controller/],
];

/** The workload that serves an ingress class; undefined where the class or the workload was not read, or is not one of the known. */
export function ingressController(
  { inventory }: FactContext,
  network: Network,
  className: string | undefined,
): { part: NonNullable<IngressDoc['controller']>; ref: ObjectRef } | undefined {
  const lookup = className === undefined ? undefined : inventory.lookup<IngressClass>('IngressClass', undefined, className);
  const controller = lookup?.status === 'found' ? lookup.value.spec?.controller : undefined;
  const image = CONTROLLERS.find(([name]) => controller?.startsWith(name))?.[1];
  if (image === undefined) return undefined;
  const site = network.sites.sites.find(({ spec, ref }) => ref.kind !== 'Job' && spec.containers.some((container) => image.test(container.image ?? '')));
  if (site === undefined) return undefined;
  const ready = network.livePodsOf(site.ref).filter((pod) => pod.ready).length;
  return { ref: site.ref, part: { kind: site.ref.kind, name: site.ref.name, namespace: site.namespace, ready, wanted: wantedPods(network, site.ref) } };
}

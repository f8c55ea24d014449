import type { ServiceDoc } from '../domain/facts/service.ts';
import type { Labels } from '../domain/kubernetes/label-selector.ts';
import { selects } from '../domain/kubernetes/label-selector.ts';
import type { Service } from '../domain/kubernetes/network.ts';
import { desiredReplicas, WORKLOAD_KINDS, type Workload } from '../domain/kubernetes/workload.ts';
import { nearness } from '../domain/near-names.ts';
import { type ObjectRef, refKey, sameObject } from '../domain/object-ref.ts';
import type { LivePod, Network } from './network.ts';

/** The pods and workloads behind a Service. */
export interface Behind {
  readonly pods: readonly LivePod[];
  /** By template or by pod, each once. */
  readonly workloads: readonly ObjectRef[];
  readonly wanted: number;
}

export function behind(network: Network, service: Service): Behind {
  const { namespace } = service.metadata;
  const selector = service.spec?.selector;
  const workloads = [...new Map(network.sites.workloads.selected(namespace, selector).map((ref) => [refKey(ref), ref])).values()];
  return { pods: network.pods.selected(namespace, selector), workloads, wanted: workloads.reduce((sum, ref) => sum + wantedPods(network, ref), 0) };
}

/** A bare pod wants itself; a Job that is done, or a CronJob between runs, wants nothing. */
export function wantedPods(network: Network, ref: ObjectRef): number {
  const object = network.sites.siteOf(ref)?.object;
  if (object === undefined || object.kind === 'CronJob' || object.kind === 'Job') return 0;
  return WORKLOAD_KINDS.some((kind) => kind === object.kind) ? desiredReplicas(object as Workload) : 1;
}

/** The one workload that a Service which selects nothing was probably meant for. */
export function nearMiss(
  network: Network,
  service: Service,
  services: readonly Service[],
): { miss: NonNullable<ServiceDoc['near_miss']>; ref: ObjectRef } | undefined {
  const selector = service.spec?.selector ?? {};
  const candidates = network.sites.workloads.all(service.metadata.namespace).flatMap(({ item, labels }) => {
    const comparison = compare(selector, labels, nearness(service.metadata.name, item.name));
    return comparison === undefined ? [] : [{ ...comparison, ref: item, labels }];
  });
  const elsewhere = (labels: Labels): boolean => services.some((other) => other !== service && selects(other.spec?.selector, labels));
  const best = candidates.map((candidate) => ({ ...candidate, served: elsewhere(candidate.labels) })).sort((a, b) => rank(b) - rank(a))[0];
  if (best === undefined) return undefined;
  const { ref, wrong, sameName, similar, served } = best;
  const [label, want, have] = wrong[0] ?? ['', '', undefined];
  const miss = {
    kind: ref.kind,
    name: ref.name,
    differs: wrong
      .map(([key, asked, got]) => `${key}: the selector says ${asked}, the pods ${got === undefined ? 'have no such label' : `say ${got}`}`)
      .join('; '),
    label,
    want,
    have: have ?? null,
    similar,
    same_name: sameName,
    served_elsewhere: served,
    wanted: wantedPods(network, ref),
    ready: network.livePodsOf(ref).filter(({ ready, owner }) => ready && sameObject(owner, ref)).length,
  };
  return { miss, ref };
}

interface Comparison {
  readonly wrong: Wrong;
  readonly right: number;
  readonly similar: boolean;
  readonly sameName: boolean;
  readonly nearName: boolean;
}

type Wrong = readonly (readonly [key: string, want: string, have: string | undefined])[];

/** Near when a single label of several differs, when the values differ by a slip, or when the two bear nearly the same name. */
function compare(selector: Labels, labels: Labels, names: number | undefined): Comparison | undefined {
  const pairs = Object.entries(selector);
  const wrong = pairs.filter(([key, value]) => labels[key] !== value).map(([key, value]) => [key, value, labels[key]] as const);
  const similar = wrong.length > 0 && wrong.every(([, want, have]) => have !== undefined && nearness(want, have) !== undefined);
  const right = pairs.length - wrong.length;
  const near = similar || names !== undefined || (wrong.length === 1 && right > 0);
  return near ? { wrong, right, similar, sameName: names === 0, nearName: names !== undefined } : undefined;
}

function rank({ similar, sameName, nearName, served, right }: Comparison & { readonly served: boolean }): number {
  return Number(similar) * 4 + Number(sameName) * 4 + Number(nearName) + Number(!served) * 2 + Math.min(right, 3) / 2;
}

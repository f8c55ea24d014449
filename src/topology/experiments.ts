import type { ChaosEngine, ChaosExperiment, ChaosSelector, ChaosSpec } from '../domain/kubernetes/chaos.ts';
import { type Labels, matchesLabels } from '../domain/kubernetes/label-selector.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import type { Sites } from './sites.ts';

/** What an experiment does: its own spec, or that of what a Schedule repeats. */
export function chaosSpecOf(object: KubeObject): { readonly kind: string; readonly spec: ChaosSpec } {
  const spec = (object as ChaosExperiment).spec ?? {};
  const repeated = object.kind === 'Schedule' && typeof spec['type'] === 'string' ? spec['type'] : undefined;
  if (repeated === undefined) return { kind: object.kind, spec };
  // `PodChaos` stands below `podChaos`, `IOChaos` below `ioChaos`.
  const key = Object.keys(spec).find((name) => name.toLowerCase() === repeated.toLowerCase());
  return { kind: repeated, spec: (key === undefined ? {} : (spec[key] as ChaosSpec)) ?? {} };
}

/** The workloads whose pods an experiment chooses. */
export function experimentTargets(object: KubeObject, sites: Sites): readonly ObjectRef[] {
  const { namespace } = object.metadata;
  const found = object.kind === 'ChaosEngine' ? engineTargets(object as ChaosEngine, sites) : chaosTargets(chaosSpecOf(object).spec, namespace, sites);
  return [...new Map([...found, ...recordedTargets(object as ChaosExperiment, sites)].map((ref) => [refKey(ref), ref])).values()];
}

function engineTargets({ spec, metadata }: ChaosEngine, { workloads }: Sites): ObjectRef[] {
  const labels = Object.fromEntries((spec?.appinfo?.applabel ?? '').split(',').flatMap((pair) => pairOf(pair)));
  return Object.keys(labels).length === 0 ? [] : workloads.matching(spec?.appinfo?.appns || metadata.namespace, { matchLabels: labels });
}

function pairOf(pair: string): [string, string][] {
  const [key = '', value] = pair.trim().split('=');
  return value === undefined ? [] : [[key, value]];
}

/** Traffic is cut between the chosen pods and the target: it is missed on both sides. */
function chaosTargets({ selector, target }: ChaosSpec, own: string | undefined, sites: Sites): ObjectRef[] {
  return [selector, target?.selector].flatMap((one) => (one === undefined ? [] : selectedBy(one, own, sites)));
}

function selectedBy(selector: ChaosSelector, own: string | undefined, sites: Sites): ObjectRef[] {
  const { labelSelectors, expressionSelectors, pods, nodes } = selector;
  const namespaces = selector.namespaces ?? (own === undefined ? [] : [own]);
  if (pods !== undefined) return podsNamed((namespace, name) => pods[namespace]?.includes(name) ?? false, sites);
  const labels = { ...(labelSelectors ? { matchLabels: labelSelectors } : {}), ...(expressionSelectors ? { matchExpressions: expressionSelectors } : {}) };
  if (nodes === undefined) return namespaces.flatMap((namespace) => sites.workloads.matching(namespace, labels));
  const isThere = (of: Labels | undefined, node: string | undefined): boolean => matchesLabels(labels, of) && nodes.includes(node ?? '');
  return sites.owners.pods.flatMap(({ pod, owner }) =>
    namespaces.includes(pod.metadata.namespace ?? '') && isThere(pod.metadata.labels, pod.spec?.nodeName) ? [owner] : [],
  );
}

/** The controller notes the containers that it has reached as `namespace/pod/container`. */
function recordedTargets({ status }: ChaosExperiment, sites: Sites): ObjectRef[] {
  const reached = new Set((status?.experiment?.containerRecords ?? []).map(({ id = '' }) => id.split('/').slice(0, 2).join('/')));
  return reached.size === 0 ? [] : podsNamed((namespace, name) => reached.has(`${namespace}/${name}`), sites);
}

function podsNamed(isMeant: (namespace: string, name: string) => boolean, { owners }: Sites): ObjectRef[] {
  return owners.pods.flatMap(({ pod, owner }) => (isMeant(pod.metadata.namespace ?? '', pod.metadata.name) ? [owner] : []));
}

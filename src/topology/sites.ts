import type { Inventory } from '../domain/inventory.ts';
import type { Labels } from '../domain/kubernetes/label-selector.ts';
import { type KubeObject, refOf } from '../domain/kubernetes/object.ts';
import type { Pod, PodSpec } from '../domain/kubernetes/pod.ts';
import { podTemplateOf, type Workload } from '../domain/kubernetes/workload.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { LabelIndex } from './label-index.ts';
import { type Owners, readOwners } from './owners.ts';

/** The kinds whose template people write. ReplicaSets and Jobs count only where nothing stands above them. */
const TEMPLATE_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'ReplicaSet', 'ReplicationController'] as const;

/** A pod spec where somebody wrote it: a workload's template, or a pod that has no readable workload. */
export interface Site {
  readonly ref: ObjectRef;
  readonly object: KubeObject;
  readonly spec: PodSpec;
  /** Where the spec stands in the object: `spec.template.spec`. */
  readonly path: string;
  readonly labels: Labels;
  readonly namespace: string;
}

/** The inventory as topology looks at it. Built once a run. */
export interface Sites {
  readonly inventory: Inventory;
  readonly owners: Owners;
  readonly sites: readonly Site[];
  siteOf(ref: ObjectRef): Site | undefined;
  /** Owner-level objects by the labels of their pods: of the template, and of each pod that differs from it. */
  readonly workloads: LabelIndex<ObjectRef>;
}

export function readSites(inventory: Inventory): Sites {
  const owners = readOwners(inventory);
  const sites = new Map<string, Site>();
  const workloads = new LabelIndex<ObjectRef>();

  for (const kind of TEMPLATE_KINDS) {
    for (const workload of inventory.list<Workload>(kind)) {
      const site = templateSite(workload);
      if (site === undefined || owners.ownerOf(site.ref) !== site.ref) continue;
      sites.set(refKey(site.ref), site);
      workloads.add(site.namespace, site.labels, site.ref);
    }
  }
  let last: { owner: ObjectRef; site: Site | undefined } | undefined;
  for (const { pod, owner } of owners.pods) {
    if (last?.owner !== owner) last = { owner, site: sites.get(refKey(owner)) };
    const { site } = last;
    if (site === undefined) {
      last = { owner, site: podSite(pod, owner) };
      sites.set(refKey(owner), podSite(pod, owner));
    }
    if (site === undefined || !includes(pod.metadata.labels, site.labels)) workloads.add(pod.metadata.namespace, pod.metadata.labels, owner);
  }
  return { inventory, owners, sites: [...sites.values()], siteOf: (ref) => sites.get(refKey(ref)), workloads };
}

function templateSite(workload: Workload): Site | undefined {
  const template = podTemplateOf(workload);
  if (template?.spec?.containers === undefined) return undefined;
  return {
    ref: refOf(workload),
    object: workload,
    spec: template.spec,
    path: workload.spec?.template ? 'spec.template.spec' : 'spec.jobTemplate.spec.template.spec',
    labels: template.metadata?.labels ?? {},
    namespace: workload.metadata.namespace ?? '',
  };
}

function podSite(pod: Pod, owner: ObjectRef): Site {
  return { ref: owner, object: pod, spec: pod.spec, path: 'spec', labels: pod.metadata.labels ?? {}, namespace: pod.metadata.namespace ?? '' };
}

function includes(labels: Labels | undefined, wanted: Labels): boolean {
  for (const key in wanted) if (labels?.[key] !== wanted[key]) return false;
  return true;
}

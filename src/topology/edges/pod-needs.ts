import { objectRef } from '../../domain/object-ref.ts';
import type { EdgeType } from '../graph.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import { type PodReference, podReferences } from '../pod-references.ts';
import type { Site, Sites } from '../sites.ts';
import { field } from './evidence.ts';

const TYPES: Readonly<Record<PodReference['kind'], EdgeType>> = {
  ConfigMap: 'reads',
  Secret: 'reads',
  PersistentVolumeClaim: 'mounts',
  ServiceAccount: 'uses',
  PriorityClass: 'uses',
  RuntimeClass: 'uses',
};
const CLUSTER_SCOPED = new Set(['PriorityClass', 'RuntimeClass']);

/** What workloads refer to by name, whether it exists or not; and the claims of single pods, which a StatefulSet names one by one. */
export function podNeedEdges({ owners, sites, siteOf }: Sites, graph: GraphBuilder): void {
  for (const site of sites) {
    for (const reference of podReferences(site.spec)) needEdge(site, reference, graph);
    for (const template of claimTemplates(site)) {
      const storageClass = template.spec?.storageClassName;
      if (!storageClass) continue;
      const to = objectRef('StorageClass', undefined, storageClass);
      const path = `spec.volumeClaimTemplates[name=${template.metadata?.name ?? ''}].spec.storageClassName`;
      graph.edge({ from: site.ref, to, type: 'provisioned-by', origin: 'object', cite: field(site.ref, path, storageClass) });
    }
  }
  for (const { pod, ref: self, owner } of owners.pods) {
    const volumes = (pod.spec?.volumes ?? []).filter(({ persistentVolumeClaim }) => persistentVolumeClaim);
    if (volumes.length === 0) continue;
    for (const { name, persistentVolumeClaim } of volumes) {
      const claim = objectRef('PersistentVolumeClaim', pod.metadata.namespace, persistentVolumeClaim?.claimName ?? '');
      const cite = field(self, `spec.volumes[name=${name}].persistentVolumeClaim.claimName`, claim.name);
      graph.edge({ from: self, to: claim, type: 'mounts', origin: 'object', cite });
      if (siteOf(owner)) graph.edge({ from: owner, to: claim, type: 'mounts', origin: 'object', cite });
    }
  }
}

function needEdge(site: Site, reference: PodReference, graph: GraphBuilder): void {
  const to = objectRef(reference.kind, CLUSTER_SCOPED.has(reference.kind) ? undefined : site.namespace, reference.name);
  const cite = field(site.ref, `${site.path}.${reference.path}`, reference.key === undefined ? reference.name : `${reference.name}, key ${reference.key}`);
  graph.edge({ from: site.ref, to, type: TYPES[reference.kind], origin: 'object', cite });
}

interface ClaimTemplate {
  readonly metadata?: { readonly name?: string };
  readonly spec?: { readonly storageClassName?: string };
}

function claimTemplates({ object }: Site): readonly ClaimTemplate[] {
  return (object as { readonly spec?: { readonly volumeClaimTemplates?: readonly ClaimTemplate[] } }).spec?.volumeClaimTemplates ?? [];
}

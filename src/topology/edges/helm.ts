import type { Inventory } from '../../domain/inventory.ts';
import { type KubeObject, refOf } from '../../domain/kubernetes/object.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** What Helm keeps of one release: a Secret, or a ConfigMap, for each revision. Only its labels are looked at. */
export interface HelmRecord {
  readonly ref: ObjectRef;
  readonly release: string;
  /** deployed, failed, pending-install, pending-upgrade, pending-rollback, uninstalling … */
  readonly status: string;
  readonly revision: number;
  readonly at: string | null;
  /** Jobs that Helm runs before or after the change. */
  readonly hooks: readonly ObjectRef[];
}

/** The newest record of every release (helm.sh/helm/v3/pkg/storage/driver: labels owner, name, status, version). */
export function helmRecords(inventory: Inventory): HelmRecord[] {
  const records = [...inventory.list<KubeObject>('Secret'), ...inventory.list<KubeObject>('ConfigMap')].flatMap((object): HelmRecord[] => {
    const { owner, name, status, version, modifiedAt } = object.metadata.labels ?? {};
    if (owner !== 'helm' || name === undefined || status === undefined || !/^\d+$/.test(version ?? '')) return [];
    const at = /^\d+$/.test(modifiedAt ?? '') ? new Date(Number(modifiedAt) * 1000).toISOString() : (object.metadata.creationTimestamp ?? null);
    return [{ ref: refOf(object), release: name, status, revision: Number(version), at, hooks: [] }];
  });
  const newest = new Map<string, HelmRecord>();
  for (const record of records) {
    const key = `${record.ref.namespace}/${record.release}`;
    if ((newest.get(key)?.revision ?? -1) < record.revision) newest.set(key, record);
  }
  return [...newest.values()].map((record) => ({ ...record, hooks: hooksOf(inventory, record) }));
}

/** Helm marks a hook, and not whose it is: charts do that by label, or by the name. */
function hooksOf(inventory: Inventory, { ref, release }: HelmRecord): ObjectRef[] {
  const jobs = inventory.list<KubeObject>('Job', ref.namespace).filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] !== undefined);
  return jobs
    .filter(({ metadata }) => {
      const named = metadata.labels?.['app.kubernetes.io/instance'] ?? metadata.annotations?.['meta.helm.sh/release-name'];
      return named === undefined ? metadata.name.startsWith(`${release}-`) : named === release;
    })
    .map(refOf);
}

/** Releases to the hooks that they wait for. */
export function helmEdges({ inventory }: Sites, graph: GraphBuilder): void {
  for (const { ref, hooks } of helmRecords(inventory)) {
    for (const hook of hooks) {
      graph.edge({ from: ref, to: hook, type: 'made-from', origin: 'object', cite: field(hook, 'metadata.annotations', 'helm.sh/hook') });
    }
  }
}

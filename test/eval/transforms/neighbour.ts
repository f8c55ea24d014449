import { type Dump, type DumpObject, mapObjects } from './dump.ts';

/** A namespace beside the one in trouble whose pods carry the same names and labels, and are all well. */
export function withNeighbour(dump: Dump): Dump {
  const { namespace } = dump.recorded;
  const other = `${namespace}-canary`;
  const files = new Map(
    mapObjects(dump, (object) =>
      object.kind === 'Namespace' && object.metadata?.name === namespace ? [object, { ...object, metadata: { ...object.metadata, name: other } }] : [object],
    ).files,
  );
  for (const [path, text] of dump.files) {
    const [folder, file = '', ...deeper] = path.split('/');
    if (folder !== namespace || deeper.length > 0 || !/^(deployments|services|replicasets|configmaps|serviceaccounts)\.json$/.test(file)) continue;
    const list = JSON.parse(text) as { items: DumpObject[] };
    const items = list.items.map((object) => ({ ...object, metadata: { ...object.metadata, namespace: other }, ...idle(object) }));
    files.set(`${other}/${file}`, JSON.stringify({ ...list, items }));
  }
  for (const kind of ['pods', 'events', 'endpoints', 'statefulsets', 'resourcequotas'])
    files.set(`${other}/${kind}.json`, '{"apiVersion":"v1","kind":"List","items":[]}');
  return { ...dump, files };
}

/** Scaled to zero: it has no pods to be ill. */
function idle({ kind, spec }: DumpObject): Partial<DumpObject> {
  return kind === 'Deployment' || kind === 'ReplicaSet' ? { spec: { ...spec, replicas: 0 }, status: { observedGeneration: 1 } } : {};
}

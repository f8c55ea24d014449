import { type Dump, type DumpObject, type Json, mapObjects, mapValues, objectsOf } from './dump.ts';

/** Twice as many pods of every workload: each pod has a twin that fares the same, with its own name, address, events and logs. */
export function doubleReplicas(dump: Dump): Dump {
  const names = new Map<string, string>();
  const addresses = new Map<string, string>();
  for (const { kind, metadata, status } of objectsOf(dump)) {
    if (kind !== 'Pod' || !isOfReplicaSet(metadata?.['ownerReferences'])) continue;
    names.set(metadata?.name ?? '', twinName(metadata?.name ?? ''));
    if (typeof status?.['podIP'] === 'string')
      addresses.set(
        status['podIP'],
        status['podIP'].replace(/\d+$/, (last) => `${(Number(last) + 100) % 255}`),
      );
  }
  const twin = (object: DumpObject): DumpObject =>
    mapValues(object as Json, (value) => (typeof value === 'string' ? renamed(value, names, addresses) : value)) as DumpObject;
  const doubled = mapObjects(dump, (object) => {
    const { kind, metadata } = object;
    if (kind === 'Pod' && names.has(metadata?.name ?? '')) return [object, twin(object)];
    if (kind === 'Event') {
      const about = object['involvedObject'] as { name?: string } | undefined;
      return names.has(about?.name ?? '') ? [object, twin(object)] : [object];
    }
    if (kind === 'Endpoints') return [withTwinAddresses(object, twin(object))];
    if (kind === 'Deployment' || kind === 'ReplicaSet') return [doubledCounts(object)];
    return [object];
  });
  const files = new Map(doubled.files);
  for (const [path, text] of doubled.files) {
    const pod = [...names.keys()].find((name) => path.includes(`/${name}/`));
    if (pod !== undefined) files.set(path.replace(pod, names.get(pod) ?? pod), renamed(text, names, addresses));
  }
  return { ...doubled, files };
}

function isOfReplicaSet(owners: Json | undefined): boolean {
  return Array.isArray(owners) && owners.some((owner) => (owner as { kind?: string }).kind === 'ReplicaSet');
}

function twinName(name: string): string {
  return name.replace(/.$/, (last) => (last === 'z' ? 'y' : 'z'));
}

function renamed(text: string, names: ReadonlyMap<string, string>, addresses: ReadonlyMap<string, string>): string {
  let result = text;
  for (const [from, to] of [...names, ...addresses]) if (result.includes(from)) result = result.replaceAll(from, to);
  return result;
}

const COUNTS = /^(replicas|readyReplicas|availableReplicas|updatedReplicas|unavailableReplicas|fullyLabeledReplicas)$/;

function doubledCounts(object: DumpObject): DumpObject {
  return mapValues(object as Json, (value, key) => (COUNTS.test(key) && typeof value === 'number' ? value * 2 : value)) as DumpObject;
}

function withTwinAddresses(object: DumpObject, twin: DumpObject): DumpObject {
  const subsets = object['subsets'];
  const others = twin['subsets'];
  if (!Array.isArray(subsets) || !Array.isArray(others)) return object;
  const lists = (subset: Json, other: Json): Json => {
    const [own, second] = [subset as Record<string, Json>, other as Record<string, Json>];
    const both = (key: string): Json => [...((own[key] as Json[] | undefined) ?? []), ...((second[key] as Json[] | undefined) ?? [])];
    return { ...own, addresses: both('addresses'), notReadyAddresses: both('notReadyAddresses') };
  };
  return { ...object, subsets: subsets.map((subset, index) => lists(subset, others[index])) };
}

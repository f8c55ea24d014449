import { type Dump, type DumpObject, mapObjects } from './dump.ts';

/** Every Deployment is a StatefulSet: the same pods, no ReplicaSet between. */
export function asStatefulSets(dump: Dump): Dump {
  const files = new Map(dump.files);
  for (const path of [...files.keys()].filter((path) => path.endsWith('deployments.json'))) {
    const sets = path.replace('deployments', 'statefulsets');
    const items = [path, sets].flatMap((each) => (JSON.parse(files.get(each) ?? '{"items":[]}') as { items: DumpObject[] }).items);
    files.set(sets, JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
    files.set(path, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }));
  }
  return mapObjects({ ...dump, files }, (object) => {
    switch (object.kind) {
      case 'Deployment':
        return [statefulSet(object)];
      case 'ReplicaSet':
        return [];
      case 'Pod':
        return [{ ...object, metadata: { ...object.metadata, ownerReferences: ownersOf(object) } }];
      case 'Event':
        return [ofController(object)];
      default:
        return [object];
    }
  });
}

function statefulSet(object: DumpObject): DumpObject {
  const { strategy: _, ...spec } = object.spec ?? {};
  const { conditions: __, ...status } = object.status ?? {};
  return { ...object, kind: 'StatefulSet', spec: { ...spec, serviceName: object.metadata?.name ?? '' }, status };
}

interface Owner {
  [key: string]: string | boolean;
  kind: string;
  name: string;
}

function ownersOf({ metadata }: DumpObject): Owner[] {
  const owners = (metadata?.['ownerReferences'] ?? []) as Owner[];
  return owners.map((owner) => (owner.kind === 'ReplicaSet' ? { ...owner, kind: 'StatefulSet', name: workloadOf(owner.name) } : owner));
}

function ofController(event: DumpObject): DumpObject {
  const about = event['involvedObject'] as Owner | undefined;
  if (about === undefined || (about.kind !== 'ReplicaSet' && about.kind !== 'Deployment')) return event;
  const name = about.kind === 'ReplicaSet' ? workloadOf(about.name) : about.name;
  return { ...event, message: refusalOf(name, event['message']), involvedObject: { ...about, kind: 'StatefulSet', name } };
}

/** What this controller says where a ReplicaSet says `Error creating`. */
function refusalOf(name: string, message: DumpObject[string]): DumpObject[string] {
  if (typeof message !== 'string') return message;
  return message.replace(/^Error creating: pods "[^"]*"/, `create Pod ${name}-0 in StatefulSet ${name} failed error: pods "${name}-0"`);
}

/** A ReplicaSet's name is the Deployment's and a hash. */
function workloadOf(replicaSet: string): string {
  return replicaSet.replace(/-[a-z0-9]+$/, '');
}

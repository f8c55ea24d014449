import type { ClusterReader, Listing, ListOptions } from '../../../src/cluster/reader.ts';
import { selectItems } from '../../../src/cluster/snapshot/select-items.ts';
import { wrappedReader } from '../../../src/cluster/wrapped-reader.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../../src/domain/kubernetes/resource-type.ts';
import type { Lookup } from '../../../src/domain/lookup.ts';
import { objectRef, refKey } from '../../../src/domain/object-ref.ts';

/** Two recordings as one cluster. Of what both hold, the node and the add-ons, the first one's is seen. */
export function unionReader(first: ClusterReader, second: ClusterReader): ClusterReader {
  const holders = (namespace: string | undefined): readonly ClusterReader[] => {
    const holding = [first, second].filter(({ namespaces = [] }) => namespace === undefined || namespaces.includes(namespace));
    return holding.length > 0 ? holding : [first, second];
  };
  return wrappedReader(first, {
    namespaces: [...new Set([...(first.namespaces ?? []), ...(second.namespaces ?? [])])].sort(),
    async list<T extends KubeObject>(kind: Kind, options: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> {
      const { namespace } = options;
      const answers = await Promise.all(holders(namespace).map((reader) => reader.list<T>(kind, namespace === undefined ? {} : { namespace }, signal)));
      return merged(answers, options);
    },
    async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal): Promise<Lookup<T>> {
      return firstOf(await Promise.all(holders(namespace).map((reader) => reader.get<T>(kind, namespace, name, signal))));
    },
    logs: async (options, signal) => firstOf(await Promise.all(holders(options.namespace).map((reader) => reader.logs(options, signal)))),
    attachment: async (name, signal) => (await first.attachment(name, signal)) ?? second.attachment(name, signal),
  });
}

function merged<T extends KubeObject>(answers: readonly Lookup<Listing<T>>[], options: ListOptions): Lookup<Listing<T>> {
  const found = answers.flatMap((answer) => (answer.status === 'found' ? [answer] : []));
  const [first] = found;
  if (first === undefined) return firstOf(answers);
  const items = new Map<string, KubeObject>();
  for (const item of found.flatMap(({ value }) => value.items)) {
    const key = refKey(objectRef(item.kind, item.metadata.namespace, item.metadata.name));
    if (!items.has(key)) items.set(key, item);
  }
  const selected = selectItems([...items.values()], options);
  const value = { ...first.value, items: selected.items as readonly T[], truncated: selected.truncated || found.some((one) => one.value.truncated) };
  return { ...first, value };
}

/** What one of them found counts; that there is none counts only when none of them is blind. */
function firstOf<T>(answers: readonly Lookup<T>[]): Lookup<T> {
  const by = (status: Lookup<T>['status']): Lookup<T> | undefined => answers.find((answer) => answer.status === status);
  return by('found') ?? by('forbidden') ?? by('not-collected') ?? (answers[0] as Lookup<T>);
}

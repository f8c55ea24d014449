import { nearNames } from '../../domain/near-names.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import { coded } from '../../errors/coded-error.ts';
import { kindsOf } from '../../evidence/entities/kind-words.ts';
import { type Means, namespaceOf } from '../situation.ts';
import { namedObjects, type Reads } from './names.ts';

/** The object that `checkout`, `deployment/checkout`, `shop/checkout` or the beginning of a pod's name means. Looks in all namespaces where the session's has none. Throws OBJECT_UNKNOWN. */
export async function meantObject(reads: Reads, name: string, { situation }: Pick<Means, 'situation'>, signal: AbortSignal): Promise<ObjectRef> {
  const here = namespaceOf(situation);
  const parts = name.split('/');
  const wanted = parts.at(-1) ?? '';
  const qualifier = parts.length > 1 ? parts[0] : undefined;
  const kinds: readonly string[] | undefined = qualifier === undefined ? undefined : kindsOf(qualifier);
  const namespace = qualifier !== undefined && kinds === undefined ? qualifier : here;
  let all: ObjectRef[] = [];
  for (const where of namespace === undefined ? [undefined] : [namespace, undefined]) {
    all = (await namedObjects(reads, where, signal)).filter(({ kind }) => kinds === undefined || kinds.includes(kind));
    const found = bestOf(all, wanted);
    if (found !== undefined) return found;
  }
  const near = nearNames(
    wanted,
    all.filter(({ kind }) => kind !== 'Pod').map((ref) => ref.name),
  );
  throw coded('OBJECT_UNKNOWN', { name, near });
}

/** Kinds come in the order in which people mean them; a pod may be named by its beginning. */
function bestOf(all: readonly ObjectRef[], name: string): ObjectRef | undefined {
  const lower = name.toLowerCase();
  return (
    all.find((ref) => ref.name === lower) ??
    all.find((ref) => ref.name === `${lower}s` || `${ref.name}s` === lower) ??
    all.find((ref) => ref.kind === 'Pod' && ref.name.startsWith(`${lower}-`))
  );
}

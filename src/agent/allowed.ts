import { type Kind, RESOURCE_TYPES, resourceType } from '../domain/kubernetes/resource-type.ts';

/** What the agent was told it may hand out, whatever RBAC grants it. */
export interface Allowed {
  readonly kinds: ReadonlySet<Kind>;
  /** null: all. */
  readonly namespaces: readonly string[] | null;
}

const SECRET: Kind = 'Secret';

/** Every kind that is known, but Secrets only where somebody asked for them. */
export function allKinds(withSecrets: boolean): Kind[] {
  return (Object.keys(RESOURCE_TYPES) as Kind[]).filter((kind) => withSecrets || kind !== SECRET);
}

/** Why something is not handed out, as what it would need; undefined where it is. */
export function refusalOf({ kinds, namespaces }: Allowed, kind: Kind, namespace: string | undefined, name?: string): string | undefined {
  const { plural, namespaced } = resourceType(kind);
  if (!kinds.has(kind)) return `${plural} among the kinds that the agent hands out${kind === SECRET ? ' (--secrets)' : ''}`;
  // Of other namespaces not even the name is told.
  const place = kind === 'Namespace' ? name : namespace;
  if (namespaces === null || (!namespaced && kind !== 'Namespace')) return undefined;
  if (place === undefined) return `${plural} in all namespaces; the agent hands out ${namespaces.join(', ')}`;
  return namespaces.includes(place) ? undefined : `${plural} in ${place}; the agent hands out ${namespaces.join(', ')}`;
}

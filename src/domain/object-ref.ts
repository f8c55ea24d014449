import type * as z from 'zod';
import type { objectRefSchema } from './object-ref-schema.ts';

export type ObjectRef = z.infer<typeof objectRefSchema>;

/** Builds a reference; an empty or missing namespace is left out. */
export function objectRef(kind: string, namespace: string | undefined, name: string): ObjectRef {
  return namespace ? { kind, namespace, name } : { kind, name };
}

/** A string that is equal for two references exactly when they name the same object: `Pod/shop/checkout-1`, `Node//n1`. */
export function refKey(ref: ObjectRef): string {
  return `${ref.kind}/${ref.namespace ?? ''}/${ref.name}`;
}

/** The reference as people write it: `Deployment shop/checkout`, `Node n1`. */
export function refLabel(ref: ObjectRef): string {
  return ref.namespace ? `${ref.kind} ${ref.namespace}/${ref.name}` : `${ref.kind} ${ref.name}`;
}

/** As `refLabel`, but without the namespace; what is not in the API is known by its name alone: `docker.io`, `kube-scheduler`. */
export function shortLabel({ kind, name }: ObjectRef): string {
  return kind === 'External' || kind === 'ControlPlane' || kind === 'Component' ? name : `${kind} ${name}`;
}

/** Two objects of one sentence: their namespaces are told where they differ. */
export function labelsTogether(a: ObjectRef, b: ObjectRef): [string, string] {
  const differ = a.namespace !== undefined && b.namespace !== undefined && a.namespace !== b.namespace;
  return differ ? [refLabel(a), refLabel(b)] : [shortLabel(a), shortLabel(b)];
}

export function sameObject(a: ObjectRef, b: ObjectRef): boolean {
  return a.kind === b.kind && a.name === b.name && (a.namespace ?? '') === (b.namespace ?? '');
}

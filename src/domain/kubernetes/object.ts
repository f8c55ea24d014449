import { type ObjectRef, objectRef } from '../object-ref.ts';

/** JSON as it comes from the API server or a dump. Nothing in it is trusted beyond its shape. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  readonly controller?: boolean;
}

/** A field that a write changed. `from` is left out where what it was is not known, and null where it was not there. */
export interface FieldWrite {
  readonly field: string;
  readonly from?: string | null;
  readonly to: string | null;
}

export interface ManagedFields {
  readonly manager?: string;
  readonly operation?: string;
  readonly time?: string;
  readonly subresource?: string;
  readonly fieldsV1?: Json;
  /** Not of the API: what the write changed, kept in place of the tree (cluster/field-writes.ts). */
  readonly changed?: readonly FieldWrite[];
}

export interface ObjectMeta {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly OwnerReference[];
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly generation?: number;
  readonly finalizers?: readonly string[];
  readonly managedFields?: readonly ManagedFields[];
}

/** Any object: readers guarantee `kind`, `metadata.name`, and that metadata, spec and status are objects where present. */
export interface KubeObject {
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: ObjectMeta;
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastTransitionTime?: string;
  readonly lastUpdateTime?: string;
  readonly lastHeartbeatTime?: string;
}

export function refOf(object: KubeObject): ObjectRef {
  return objectRef(object.kind, object.metadata.namespace, object.metadata.name);
}

/** The controlling owner, or the only owner there is. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.find((owner) => owner.controller === true) ?? owners[0];
}

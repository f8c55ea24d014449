import type { FieldWrite, KubeObject } from '../domain/kubernetes/object.ts';

/** A write of an object after it was made, with the fields that it is known to have changed. */
export interface ObjectWrite {
  readonly at: string;
  /** As managedFields name it: `kubectl-edit`, `helm`. */
  readonly by: string | null;
  readonly fields: readonly FieldWrite[];
}

/** Writes of which it is known what they changed, the newest first. */
export function writesOf({ metadata }: KubeObject): ObjectWrite[] {
  const writes = (metadata.managedFields ?? []).flatMap(({ manager = null, time, changed = [] }) =>
    time === undefined || changed.length === 0 ? [] : [{ at: time, by: manager, fields: changed }],
  );
  return writes.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

/** Who made the object, where managedFields still tell. */
export function makerOf({ metadata }: KubeObject): string | null {
  const made = Date.parse(metadata.creationTimestamp ?? '');
  return metadata.managedFields?.find(({ time = '', subresource }) => subresource === undefined && Math.abs(Date.parse(time) - made) <= 1_000)?.manager ?? null;
}

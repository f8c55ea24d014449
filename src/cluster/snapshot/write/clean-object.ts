import type { KubeObject } from '../../../domain/kubernetes/object.ts';
import type { Redactor } from '../../../redact/redactor.ts';
import { fieldWrites } from '../../field-writes.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as it may lie on a disk: without secrets, without what kubectl remembers, and of who set which field only what changed after its making. */
export function cleanObject(object: KubeObject, redactor: Redactor): KubeObject {
  const { metadata } = object;
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations ?? {};
  const kept = {
    ...metadata,
    ...(metadata.annotations === undefined ? {} : { annotations }),
    ...(metadata.managedFields === undefined ? {} : { managedFields: fieldWrites(object) }),
  };
  return redactor.object({ ...object, metadata: kept });
}

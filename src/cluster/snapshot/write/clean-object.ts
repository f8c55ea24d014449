import type { KubeObject, ManagedFields } from '../../../domain/kubernetes/object.ts';
import type { Redactor } from '../../../redact/redactor.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object as it may lie on a disk: without secrets, without what kubectl remembers, and without the tree of who set which field. */
export function cleanObject(object: KubeObject, redactor: Redactor): KubeObject {
  const { metadata } = object;
  const { [LAST_APPLIED]: _, ...annotations } = metadata.annotations ?? {};
  const kept = {
    ...metadata,
    ...(metadata.annotations === undefined ? {} : { annotations }),
    ...(metadata.managedFields === undefined ? {} : { managedFields: metadata.managedFields.map(withoutTree) }),
  };
  return redactor.object({ ...object, metadata: kept });
}

/** Who changed it, how and when: that tells a change; the fields themselves are large. */
function withoutTree({ manager, operation, time, subresource }: ManagedFields): ManagedFields {
  return {
    ...(manager === undefined ? {} : { manager }),
    ...(operation === undefined ? {} : { operation }),
    ...(time === undefined ? {} : { time }),
    ...(subresource === undefined ? {} : { subresource }),
  };
}

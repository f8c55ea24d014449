import type { Kind } from '../../domain/kubernetes/resource-type.ts';

/**
 * Kinds that are asked for with resourceVersion=0, and so answered from the API server's watch cache without a read of etcd.
 * That cache may be seconds behind and, where it serves, ignores `limit`: the whole list comes in one answer. So they are
 * kinds of which a cluster holds few, which people change rarely, and whose status nothing is judged by.
 */
export const KINDS_IN_CACHE: ReadonlySet<Kind> = new Set<Kind>([
  'StorageClass',
  'IngressClass',
  'PriorityClass',
  'RuntimeClass',
  'CSIDriver',
  'ValidatingWebhookConfiguration',
  'MutatingWebhookConfiguration',
  'LimitRange',
]);

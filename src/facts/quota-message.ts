import type { QuotaFamily, ResourceQuotaDoc } from '../domain/facts/resource-quota.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';

export interface QuotaRefusal {
  readonly quota: string;
  readonly refused: NonNullable<ResourceQuotaDoc['refused']>;
}

/**
 * What the quota admission says (plugin/pkg/admission/resourcequota/controller.go): "exceeded quota: Q, requested: a=1,
 * used: a=2, limited: a=2", or "failed quota: Q: must specify limits.cpu for: app". undefined for any other text.
 */
export function parseQuotaRefusal(message: string): QuotaRefusal | undefined {
  const [, quota = '', requested = '', used = '', limited = ''] =
    /exceeded quota: ([^,]+), requested: (.+), used: (.+), limited: (.+?)\s*$/s.exec(message) ?? [];
  if (quota !== '') return { quota, refused: exceeded(pairs(requested), pairs(used), pairs(limited)) };
  const [, name = '', unspecified = ''] = /failed quota: ([^:]+): must specify (.+?)\s*$/s.exec(message) ?? [];
  if (name === '') return undefined;
  const resource = unspecified.split(/ for: |[,;]/)[0] ?? unspecified;
  return { quota: name, refused: { family: quotaFamily(resource), resource, requested: '0', used: '', limited: '', unspecified } };
}

/** Of several resources the first that would be exceeded is named. */
function exceeded(requested: ReadonlyMap<string, string>, used: ReadonlyMap<string, string>, limited: ReadonlyMap<string, string>): QuotaRefusal['refused'] {
  const amount = (amounts: ReadonlyMap<string, string>, name: string): number => parseQuantity(amounts.get(name)) ?? 0;
  const names = [...requested.keys()];
  const resource = names.find((name) => amount(requested, name) + amount(used, name) > amount(limited, name)) ?? names[0] ?? '';
  return {
    family: quotaFamily(resource),
    resource,
    requested: requested.get(resource) ?? '',
    used: used.get(resource) ?? '',
    limited: limited.get(resource) ?? '',
    unspecified: null,
  };
}

function pairs(text: string): Map<string, string> {
  return new Map(text.split(',').map((pair) => [pair.split('=')[0]?.trim() ?? '', pair.split('=')[1]?.trim() ?? '']));
}

/** The family that a quota's resource belongs to (kubernetes.io/docs/concepts/policy/resource-quotas). */
export function quotaFamily(resource: string): QuotaFamily {
  if (/(^|\.)cpu$/.test(resource)) return 'cpu';
  if (/(^|\.)memory$/.test(resource)) return 'memory';
  if (/^(count\/)?pods$/.test(resource)) return 'pods';
  if (/^(count\/)?services(\.|$)/.test(resource)) return 'services';
  if (/storage$|persistentvolumeclaims$/.test(resource)) return 'storage';
  return 'objects';
}

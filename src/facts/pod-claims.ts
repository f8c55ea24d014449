import type { FactText } from '../domain/fact.ts';
import type { PodDoc } from '../domain/facts/pod.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { ResourceQuota } from '../domain/kubernetes/policy.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../domain/kubernetes/storage.ts';
import { nearNames } from '../domain/near-names.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { quotaFamily } from './quota-message.ts';

/** Claims that the pod mounts; those of ephemeral volumes are named `<pod>-<volume>` (KEP-1698). */
export function claimNames(pod: Pod): string[] {
  return (pod.spec.volumes ?? []).flatMap((volume) => {
    if (volume.persistentVolumeClaim?.claimName) return [volume.persistentVolumeClaim.claimName];
    return volume.ephemeral === undefined ? [] : [`${pod.metadata.name}-${volume.name}`];
  });
}

/** The claim whose volume an attach or mount error names, by volume name (mount) or by PersistentVolume (attach). */
export function mountClaim(context: FactContext, pod: Pod, texts: readonly FactText[]): ObjectRef | undefined {
  const named = new Set(
    texts
      .filter(({ reason, stale }) => !stale && (reason === 'FailedMount' || reason === 'FailedAttachVolume'))
      .flatMap(({ text }) =>
        [...text.matchAll(/volume "([^"]+)"|unattached volumes=\[([^\]]*)\]/g)].flatMap(([, name = '', list = '']) => [name, ...list.split(/[ ,]+/)]),
      )
      .filter((name) => name !== ''),
  );
  const bySpec = (pod.spec.volumes ?? []).find(({ name, persistentVolumeClaim }) => persistentVolumeClaim && named.has(name));
  const claim =
    bySpec?.persistentVolumeClaim?.claimName ??
    claimNames(pod).find((name) => {
      const found = context.inventory.lookup<PersistentVolumeClaim>('PersistentVolumeClaim', pod.metadata.namespace, name);
      return found.status === 'found' && named.has(found.value.spec?.volumeName ?? '');
    });
  return claim === undefined ? undefined : objectRef('PersistentVolumeClaim', pod.metadata.namespace, claim);
}

/** The volume of the pod's claims that can only be used from certain nodes. */
export function pinnedVolume(context: FactContext, pod: Pod): ObjectRef | undefined {
  for (const name of claimNames(pod)) {
    const claim = context.inventory.lookup<PersistentVolumeClaim>('PersistentVolumeClaim', pod.metadata.namespace, name);
    const volumeName = claim.status === 'found' ? claim.value.spec?.volumeName : undefined;
    const volume = volumeName === undefined ? undefined : context.inventory.lookup<PersistentVolume>('PersistentVolume', undefined, volumeName);
    if (volume?.status === 'found' && volume.value.spec?.nodeAffinity !== undefined) return refOf(volume.value);
  }
  return undefined;
}

export function claimStates(context: FactContext, pod: Pod): PodDoc['claims'] {
  return claimNames(pod).map((name) => {
    const claim = context.inventory.lookup<PersistentVolumeClaim>('PersistentVolumeClaim', pod.metadata.namespace, name);
    return { name, status: claim.status, phase: claim.status === 'found' ? (claim.value.status?.phase ?? null) : null };
  });
}

export interface MissingClaim {
  /** A claim that exists and that the name may have meant. */
  readonly similar: string | null;
  /** A quota that limits storage where the claim is missing. */
  readonly quota: ObjectRef | undefined;
  readonly quotaText: string | null;
}

/** What may be behind a claim that does not exist: another name, or a quota that refused it. */
export function missingClaim(context: FactContext, pod: Pod, claims: PodDoc['claims']): MissingClaim {
  const missing = claims.find(({ status }) => status === 'not-found');
  const namespace = pod.metadata.namespace;
  if (missing === undefined) return { similar: null, quota: undefined, quotaText: null };
  const names = context.inventory.list<PersistentVolumeClaim>('PersistentVolumeClaim', namespace).map(({ metadata }) => metadata.name);
  const quota = context.inventory.list<ResourceQuota>('ResourceQuota', namespace).find((candidate) => storageLimits(candidate) !== null);
  return {
    similar: nearNames(missing.name, names)[0] ?? null,
    quota: quota === undefined ? undefined : refOf(quota),
    quotaText: quota === undefined ? null : storageLimits(quota),
  };
}

/** A quota that leaves more than this is not suspected: nobody knows how much the missing claim asked for. */
const SCARCE_BYTES = 10 * 2 ** 30;

/** The storage limits of a quota that leaves little room; null when it leaves enough or does not limit storage. */
function storageLimits(quota: ResourceQuota): string | null {
  const limits = Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {})
    .filter(([resource]) => quotaFamily(resource) === 'storage')
    .map(([resource, hard]) => ({ resource, hard, used: quota.status?.used?.[resource] ?? '0' }));
  const scarce = limits.some(
    ({ resource, hard, used }) => (parseQuantity(hard) ?? Infinity) - (parseQuantity(used) ?? 0) < (/storage$/.test(resource) ? SCARCE_BYTES : 1),
  );
  return scarce ? limits.map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`).join(', ') : null;
}

import type { Fact, Origin } from '../domain/fact.ts';
import type { VolumeDoc } from '../domain/facts/volume.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { PersistentVolume, VolumeAttachment } from '../domain/kubernetes/storage.ts';
import { objectRef } from '../domain/object-ref.ts';
import { claimConsumers } from './claim-consumers.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { workloadsOf } from './workloads-of.ts';

const HOST_LABEL = 'kubernetes.io/hostname';

export function* volumeFacts(context: FactContext): Iterable<Fact> {
  const attachments = Map.groupBy(context.inventory.list<VolumeAttachment>('VolumeAttachment'), ({ spec }) => spec?.source?.persistentVolumeName ?? '');
  for (const volume of context.inventory.list<PersistentVolume>('PersistentVolume'))
    yield volumeFact(context, volume, attachments.get(volume.metadata.name) ?? []);
}

function volumeFact(context: FactContext, volume: PersistentVolume, attachments: readonly VolumeAttachment[]): Fact {
  const { claimRef } = volume.spec ?? {};
  const claim = claimRef?.name === undefined ? undefined : objectRef('PersistentVolumeClaim', claimRef.namespace, claimRef.name);
  const consumers = claim === undefined ? [] : claimConsumers(context, claim.namespace, claim.name);
  const failed = attachments.find(({ status }) => status?.attachError?.message !== undefined);
  const pinned = pinnedTo(volume);
  const doc: VolumeDoc = {
    name: volume.metadata.name,
    phase: volume.status?.phase ?? null,
    reason: volume.status?.reason ?? null,
    message: volume.status?.message ?? null,
    class: volume.spec?.storageClassName ?? null,
    capacity: volume.spec?.capacity?.['storage'] ?? null,
    reclaim_policy: volume.spec?.persistentVolumeReclaimPolicy ?? null,
    claim: claim === undefined ? null : `${claim.namespace ?? ''}/${claim.name}`,
    claim_status: claim === undefined ? null : context.inventory.lookup('PersistentVolumeClaim', claim.namespace, claim.name).status,
    pinned_to: pinned.length === 0 ? null : pinned.join(', '),
    pinned_nodes_missing: pinned.length > 0 && pinned.every((name) => context.inventory.lookup('Node', undefined, name).status === 'not-found'),
    attach_error: failed?.status?.attachError?.message ?? null,
    attach_error_s: ageSeconds(context, failed?.status?.attachError?.time),
    attach_node: failed?.spec?.nodeName ?? null,
    attached_to: attachments.filter(({ status }) => status?.attached === true).flatMap(({ spec }) => spec?.nodeName ?? []),
    consumers: consumers.length,
  };
  return objectFact({
    subject: 'Volume',
    object: refOf(volume),
    doc,
    relations: {
      volume: refOf(volume),
      claim,
      workload: workloadsOf(context, consumers)[0],
      node: doc.attach_node === null ? undefined : objectRef('Node', undefined, doc.attach_node),
    },
    groups: { consumers: workloadsOf(context, consumers) },
    since: failed?.status?.attachError?.time ?? null,
    origins: volumeOrigins(failed),
  });
}

/** Node names of the volume's affinity, where it names nodes and not zones. */
function pinnedTo(volume: PersistentVolume): string[] {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const named = terms.map(({ matchExpressions = [] }) => matchExpressions.find(({ key, operator }) => key === HOST_LABEL && operator === 'In'));
  return named.length === 0 || named.includes(undefined) ? [] : named.flatMap((expression) => [...(expression?.values ?? [])]);
}

function volumeOrigins(failed: VolumeAttachment | undefined): Record<string, string | Origin> {
  const attachment: Origin | string = failed === undefined ? 'status' : { object: refOf(failed), fieldPath: 'status.attachError.message' };
  return {
    phase: 'status.phase',
    reason: 'status.reason',
    message: 'status.message',
    claim: 'spec.claimRef',
    claim_status: 'spec.claimRef',
    pinned_to: 'spec.nodeAffinity',
    pinned_nodes_missing: 'spec.nodeAffinity',
    attach_error: attachment,
    attach_error_s: attachment,
    attach_node: attachment,
    consumers: 'spec.claimRef',
  };
}

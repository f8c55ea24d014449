import type { Fact, Origin } from '../domain/fact.ts';
import type { ClaimDoc } from '../domain/facts/claim.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { DEFAULT_STORAGE_CLASS, type PersistentVolume, type PersistentVolumeClaim, type StorageClass } from '../domain/kubernetes/storage.ts';
import { nearNames } from '../domain/near-names.ts';
import { objectRef, shortLabel } from '../domain/object-ref.ts';
import { claimConsumers } from './claim-consumers.ts';
import { nearestVolume, selectorText } from './claim-volumes.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { conditionMap } from './pod-context.ts';
import { conditionTexts, eventTexts } from './texts.ts';
import { volumeUse } from './volume-use.ts';
import { workloadsOf } from './workloads-of.ts';

const SETTLING_S = 10;

export function* claimFacts(context: FactContext): Iterable<Fact> {
  for (const claim of context.inventory.list<PersistentVolumeClaim>('PersistentVolumeClaim')) {
    yield claimFact(context, claim, claimConsumers(context, claim.metadata.namespace, claim.metadata.name));
  }
}

function claimFact(context: FactContext, claim: PersistentVolumeClaim, consumers: readonly Pod[]): Fact {
  const doc = claimDoc(context, claim, consumers);
  const bound = claim.status?.phase === 'Bound';
  const workloads = workloadsOf(context, consumers);
  const owner = consumers.length > 0 ? workloads[0] : undefined;
  return objectFact({
    subject: 'Claim',
    object: refOf(claim),
    doc,
    texts: [
      // A bound claim has overcome whatever kept it from binding; what is said of its size is another matter.
      ...eventTexts(context, context.inventory.eventsOf(claim), null).map((text) => ({
        ...text,
        stale: bound && !/Resize|FileSystem/.test(text.reason ?? ''),
      })),
      ...conditionTexts(context, claim, claim.status?.conditions),
    ],
    relations: {
      claim: refOf(claim),
      workload: owner,
      volume: doc.volume === null ? undefined : objectRef('PersistentVolume', undefined, doc.volume),
      nearest_volume: doc.nearest === null ? undefined : objectRef('PersistentVolume', undefined, doc.nearest.name),
      snapshot: doc.snapshot === null ? undefined : objectRef('VolumeSnapshot', claim.metadata.namespace, doc.snapshot),
      storage_class: doc.class === null ? undefined : objectRef('StorageClass', undefined, doc.class),
      namespace: objectRef('Namespace', undefined, claim.metadata.namespace ?? ''),
    },
    groups: { consumers: workloads },
    since: claim.metadata.creationTimestamp ?? null,
    origins: claimOrigins(doc),
  });
}

function claimDoc(context: FactContext, claim: PersistentVolumeClaim, consumers: readonly Pod[]): Readonly<ClaimDoc> {
  const storage = classOf(context, claim);
  const volumes = context.inventory.list<PersistentVolume>('PersistentVolume');
  const waits = storage.object?.volumeBindingMode === 'WaitForFirstConsumer' && consumers.length === 0;
  const age = ageSeconds(context, claim.metadata.creationTimestamp);
  const asked = claim.spec?.resources?.requests?.['storage'] ?? null;
  const capacity = claim.status?.capacity?.['storage'] ?? null;
  const snapshot = claim.spec?.dataSource?.kind === 'VolumeSnapshot' ? claim.spec.dataSource.name : undefined;
  const pending = (claim.status?.phase ?? 'Pending') === 'Pending';
  return {
    name: claim.metadata.name,
    namespace: claim.metadata.namespace ?? '',
    phase: claim.status?.phase ?? null,
    age_s: age,
    unbound: pending && !waits && claim.metadata.deletionTimestamp === undefined && (age ?? SETTLING_S) >= SETTLING_S,
    ...classPart(context, storage),
    waits_for_consumer: waits,
    request: asked,
    access_modes: [...(claim.spec?.accessModes ?? [])],
    volume_mode: claim.spec?.volumeMode ?? 'Filesystem',
    selector: claim.spec?.selector === undefined ? null : selectorText(claim),
    snapshot: snapshot ?? null,
    snapshot_status: snapshot === undefined ? null : context.inventory.lookup('VolumeSnapshot', claim.metadata.namespace, snapshot).status,
    volume: claim.spec?.volumeName || null,
    volume_status: claim.spec?.volumeName ? context.inventory.lookup('PersistentVolume', undefined, claim.spec.volumeName).status : null,
    volumes_known: context.inventory.covers('PersistentVolume'),
    volumes: volumes.length,
    nearest: pending ? nearestVolume(claim, volumes) : null,
    consumers: consumers.length,
    consumer: consumers[0] === undefined ? null : shortLabel(refOf(consumers[0])),
    deleting: claim.metadata.deletionTimestamp !== undefined,
    deleting_s: ageSeconds(context, claim.metadata.deletionTimestamp),
    finalizers: [...(claim.metadata.finalizers ?? [])],
    resize: capacity !== null && asked !== null && capacity !== asked && (claim.status?.conditions ?? []).length > 0 ? asked : null,
    capacity,
    used: volumeUse(context, claim.metadata.namespace, claim.metadata.name),
    conditions: conditionMap(context, claim.status?.conditions),
  };
}

interface ClaimClass {
  readonly name: string | null;
  readonly from: ClaimDoc['class_from'];
  readonly status: string | null;
  readonly object: StorageClass | undefined;
}

/** The class a claim gets: its own, else the newest default (KEP-3333); `none` only when it is certain that there is no default. */
function classOf(context: FactContext, claim: PersistentVolumeClaim): ClaimClass {
  const named = claim.spec?.storageClassName ?? claim.metadata.annotations?.['volume.beta.kubernetes.io/storage-class'];
  if (named === '') return { name: null, from: 'static', status: null, object: undefined };
  if (named !== undefined) {
    const lookup = context.inventory.lookup<StorageClass>('StorageClass', undefined, named);
    return { name: named, from: 'spec', status: lookup.status, object: lookup.status === 'found' ? lookup.value : undefined };
  }
  const fallback = context.inventory.list<StorageClass>('StorageClass').find(({ metadata }) => metadata.annotations?.[DEFAULT_STORAGE_CLASS] === 'true');
  if (fallback !== undefined) return { name: fallback.metadata.name, from: 'default', status: 'found', object: fallback };
  const certain = context.inventory.covers('StorageClass');
  return { name: null, from: certain ? 'none' : 'default', status: certain ? null : 'not-collected', object: undefined };
}

type ClassPart = Pick<
  ClaimDoc,
  | 'class'
  | 'class_from'
  | 'class_status'
  | 'similar_class'
  | 'classes'
  | 'class_volumes'
  | 'provisioner'
  | 'dynamic'
  | 'driver_registered'
  | 'binding_mode'
  | 'expandable'
>;

function classPart(context: FactContext, { name, from, status, object }: ClaimClass): ClassPart {
  const classes = context.inventory.list<StorageClass>('StorageClass').map(({ metadata }) => metadata.name);
  const provisioner = object?.provisioner ?? null;
  const driver = provisioner === null ? undefined : context.inventory.lookup('CSIDriver', undefined, provisioner).status;
  return {
    class: name,
    class_from: from,
    class_status: status,
    similar_class: status === 'not-found' && name !== null ? (nearNames(name, classes)[0] ?? null) : null,
    classes: classes.length === 0 ? null : classes.join(', '),
    class_volumes: volumesOf(context, name),
    provisioner,
    dynamic: provisioner === null ? null : provisioner !== 'kubernetes.io/no-provisioner',
    driver_registered: driver === 'found' ? true : driver === 'not-found' ? false : null,
    binding_mode: object?.volumeBindingMode ?? null,
    expandable: object === undefined ? null : object.allowVolumeExpansion === true,
  };
}

/** How many volumes are of a class: a class of volumes made by hand needs no StorageClass. */
function volumesOf({ inventory }: FactContext, name: string | null): number | null {
  if (name === null || !inventory.covers('PersistentVolume')) return null;
  return inventory.list<PersistentVolume>('PersistentVolume').filter(({ spec }) => spec?.storageClassName === name).length;
}

/** Where the field of a volume stands that does not suit the claim. */
const DIFFERENCES: Readonly<Record<NonNullable<ClaimDoc['nearest']>['differs'][number], string>> = {
  capacity: 'spec.capacity.storage',
  'access-mode': 'spec.accessModes',
  class: 'spec.storageClassName',
  'volume-mode': 'spec.volumeMode',
  selector: 'metadata.labels',
  claimed: 'spec.claimRef',
  released: 'status.phase',
  'not-available': 'status.phase',
};

function claimOrigins(doc: ClaimDoc): Record<string, string | Origin> {
  const inClass = (fieldPath: string): Origin => ({ object: objectRef('StorageClass', undefined, doc.class ?? ''), fieldPath });
  return {
    phase: 'status.phase',
    unbound: 'status.phase',
    age_s: 'metadata.creationTimestamp',
    class: 'spec.storageClassName',
    class_from: 'spec.storageClassName',
    class_status: { ...inClass('metadata.name'), source: 'lookup' },
    class_volumes: { object: objectRef('PersistentVolume', undefined, '*'), fieldPath: 'spec.storageClassName', source: 'lookup' },
    provisioner: inClass('provisioner'),
    dynamic: inClass('provisioner'),
    binding_mode: inClass('volumeBindingMode'),
    expandable: inClass('allowVolumeExpansion'),
    request: 'spec.resources.requests.storage',
    access_modes: 'spec.accessModes',
    volume_mode: 'spec.volumeMode',
    selector: 'spec.selector',
    snapshot: 'spec.dataSource',
    snapshot_status: { object: objectRef('VolumeSnapshot', doc.namespace, doc.snapshot ?? ''), fieldPath: 'metadata.name', source: 'lookup' },
    volume: 'spec.volumeName',
    volume_status: { object: objectRef('PersistentVolume', undefined, doc.volume ?? ''), fieldPath: 'metadata.name', source: 'lookup' },
    volumes: { object: objectRef('PersistentVolume', undefined, '*'), fieldPath: 'metadata.name', source: 'lookup' },
    volumes_known: { object: objectRef('PersistentVolume', undefined, '*'), fieldPath: 'metadata.name', source: 'lookup' },
    nearest: { object: objectRef('PersistentVolume', undefined, doc.nearest?.name ?? ''), fieldPath: DIFFERENCES[doc.nearest?.differs[0] ?? 'capacity'] },
    deleting: 'metadata.deletionTimestamp',
    deleting_s: 'metadata.deletionTimestamp',
    finalizers: 'metadata.finalizers',
    capacity: 'status.capacity.storage',
    resize: 'status.capacity.storage',
    conditions: 'status.conditions',
  };
}

import type { FactText } from '../domain/fact.ts';
import type { AddOnResource, Certificate, Challenge, Gateway, HttpRoute, ObservedCondition, VolumeSnapshot } from '../domain/kubernetes/add-ons.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { statusText } from './status-text.ts';

/** Conditions that are well when True. */
const WELL_WHEN_TRUE = new Set(['Ready', 'Synced', 'Accepted', 'ResolvedRefs', 'Programmed', 'Released', 'Promoted', 'Installed']);
const BAD_WHEN_TRUE = new Set([
  'Conflicted',
  'PartiallyInvalid',
  'Stalled',
  'CatalogSourcesUnhealthy',
  'InstallPlanFailed',
  'ResolutionFailed',
  'BundleUnpackFailed',
]);

interface Section {
  readonly path: string;
  /** The part of the object that is spoken of: `listener https: `. */
  readonly prefix: string;
  readonly conditions: readonly ObservedCondition[];
}

/** What the object's controller says is wrong, by condition: its own, and those of its parents and listeners. */
export function troubleTexts(context: FactContext, object: AddOnResource): FactText[] {
  const { generation } = object.metadata;
  return sectionsOf(object).flatMap(({ path, prefix, conditions }) =>
    conditions.filter(isTrouble).map((condition): FactText => {
      const { type, status, reason = type, message = '', lastTransitionTime = null, observedGeneration } = condition;
      return {
        source: 'condition',
        reason,
        text: `${prefix}${message || reason}`,
        at: lastTransitionTime,
        age_s: ageSeconds(context, lastTransitionTime),
        count: 1,
        // It speaks of a spec that was replaced since.
        stale: generation !== undefined && observedGeneration !== undefined && observedGeneration < generation,
        evidence: {
          source: 'object',
          object: refOf(object),
          field_path: `${path}.conditions[type=${type}]`,
          excerpt: `${type}=${status} ${reason}: ${message}`,
          observed_at: lastTransitionTime,
        },
      };
    }),
  );
}

function isTrouble({ type, status, reason }: ObservedCondition): boolean {
  // A certificate that is not being issued just now is well, unless the last attempt failed.
  if (type === 'Issuing') return status === 'False' && reason === 'Failed';
  return WELL_WHEN_TRUE.has(type) ? status !== 'True' : BAD_WHEN_TRUE.has(type) && status === 'True';
}

function sectionsOf(object: AddOnResource): Section[] {
  const own: Section = { path: 'status', prefix: '', conditions: object.status?.conditions ?? [] };
  const parents = object.kind === 'HTTPRoute' ? ((object as HttpRoute).status?.parents ?? []) : [];
  const listeners = object.kind === 'Gateway' ? ((object as Gateway).status?.listeners ?? []) : [];
  return [
    ...parents.map(({ parentRef, conditions = [] }, index) => ({ path: `status.parents[${index}]`, prefix: parentPrefix(parentRef), conditions })),
    ...listeners.map(({ name, conditions = [] }) => ({ path: `status.listeners[name=${name}]`, prefix: `listener ${name}: `, conditions })),
    own,
  ];
}

function parentPrefix(parent: { readonly kind?: string; readonly name: string; readonly sectionName?: string } | undefined): string {
  if (parent === undefined) return '';
  return `${parent.kind ?? 'Gateway'} ${parent.name}${parent.sectionName === undefined ? '' : `, listener ${parent.sectionName}`}: `;
}

/** Why a snapshot could not be taken, in the words of its driver. */
export function snapshotErrorTexts(context: FactContext, snapshot: VolumeSnapshot): FactText[] {
  const { message, time = null } = snapshot.status?.error ?? {};
  if (message === undefined) return [];
  return [
    statusText(context, snapshot, {
      reason: 'SnapshotError',
      text: message,
      at: time,
      path: 'status.error.message',
      stale: snapshot.status?.readyToUse === true,
    }),
  ];
}

/** The open challenges for the names of a certificate that an ACME server has not accepted. Those of other certificates for the same name fail alike. */
export function challengeTexts(context: FactContext, certificate: Certificate): FactText[] {
  const { namespace } = certificate.metadata;
  const names = new Set((certificate.spec?.dnsNames ?? []).map((name) => name.replace(/^\*\./, '')));
  return context.inventory.list<Challenge>('Challenge', namespace).flatMap((challenge) => {
    const { state, reason } = challenge.status ?? {};
    const { dnsName = '', type = 'ACME' } = challenge.spec ?? {};
    if (!reason || state === 'valid' || !names.has(dnsName)) return [];
    const text = `the ${type} challenge for ${dnsName} is ${state || 'open'}: ${reason}`;
    return [statusText(context, challenge, { reason: 'Challenge', text, at: challenge.metadata.creationTimestamp ?? null, path: 'status.reason' })];
  });
}

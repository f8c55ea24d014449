import type { Fact, Origin } from '../domain/fact.ts';
import type { QuotaFamily, ResourceQuotaDoc } from '../domain/facts/resource-quota.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { ResourceQuota } from '../domain/kubernetes/policy.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import { type ObjectRef, objectRef, refKey, shortLabel } from '../domain/object-ref.ts';
import type { FactContext } from './context.ts';
import { type Absence, absenceIn } from './namespace-absence.ts';
import { objectFact } from './object-fact.ts';
import { writtenPart } from './policy-age.ts';
import { parseQuotaRefusal, quotaFamily } from './quota-message.ts';
import { type Refusal, refusals } from './refusals.ts';

export function* resourceQuotaFacts(context: FactContext): Iterable<Fact> {
  const all = refusals(context);
  const quotas = [...context.inventory.list<ResourceQuota>('ResourceQuota'), ...unreadQuotas(context, all)];
  if (quotas.length === 0) return;
  for (const quota of quotas) {
    const own = all.filter(
      ({ workload, text }) => workload.namespace === quota.metadata.namespace && parseQuotaRefusal(text.text)?.quota === quota.metadata.name,
    );
    const absence = absenceIn(context, quota.metadata.namespace ?? '');
    const groups = Map.groupBy(own, ({ workload }) => refKey(workload));
    for (const group of groups.values()) yield quotaFact(context, quota, absence, group);
    if (groups.size > 0) continue;
    const [short] = absence.short;
    yield quotaFact(context, quota, absence, [], short);
  }
}

/** Quotas that a refusal names, where none could be read: the refusal says all that matters of them. */
function unreadQuotas({ inventory }: FactContext, all: readonly Refusal[]): ResourceQuota[] {
  const named = all.flatMap(({ workload, text }): [string, ResourceQuota][] => {
    const { namespace = '' } = workload;
    const name = parseQuotaRefusal(text.text)?.quota;
    const status = name === undefined ? undefined : inventory.lookup('ResourceQuota', namespace, name).status;
    return name !== undefined && (status === 'not-collected' || status === 'forbidden')
      ? [[`${namespace}/${name}`, { kind: 'ResourceQuota', metadata: { namespace, name } }]]
      : [];
  });
  return [...new Map(named).values()];
}

function quotaFact(context: FactContext, quota: ResourceQuota, absence: Absence, own: readonly Refusal[], short?: Absence['short'][number]): Fact {
  const workload = own[0]?.workload ?? short?.workload;
  return objectFact({
    subject: 'ResourceQuota',
    object: refOf(quota),
    ...(workload === undefined ? {} : { part: refKey(workload) }),
    doc: quotaDoc(context, quota, absence, own, short),
    texts: own.map(({ text }) => text),
    relations: {
      quota: refOf(quota),
      workload,
      set: own[0] === undefined ? undefined : refOf(own[0].set),
      namespace: objectRef('Namespace', undefined, quota.metadata.namespace ?? ''),
    },
    groups: {
      service_workloads: absence.services.map((service) => service.workload),
      missing_service_objects: absence.services.map(({ name }) => objectRef('Service', absence.namespace, name)),
    },
    since: own.at(-1)?.text.at ?? null,
    origins: quotaOrigins(absence, workload),
  });
}

function quotaDoc(
  context: FactContext,
  quota: ResourceQuota,
  absence: Absence,
  own: readonly Refusal[],
  short?: Absence['short'][number],
): Readonly<ResourceQuotaDoc> {
  const current = own.find(({ text }) => !text.stale);
  const counted = current ?? short;
  const limits = limitsOf(quota);
  const full = limits.filter((limit) => limit.full);
  const workload = own[0]?.workload ?? short?.workload;
  const usage = (rows: ResourceQuotaDoc['limits']): string | null =>
    rows.map(({ resource, used, hard }) => `${resource} ${used} of ${hard}`).join(', ') || null;
  return {
    name: quota.metadata.name,
    namespace: quota.metadata.namespace ?? '',
    ...writtenPart(context, quota, own[0]?.set),
    refused: current === undefined ? null : (parseQuotaRefusal(current.text.text)?.refused ?? null),
    workload: workload === undefined ? null : shortLabel(workload),
    wanted: counted?.wanted ?? null,
    present: counted?.present ?? null,
    limits,
    full: [...new Set(full.map(({ family }) => family))],
    full_text: usage(full),
    missing_services: absence.services.map(({ name }) => name),
  };
}

function limitsOf(quota: ResourceQuota): ResourceQuotaDoc['limits'] {
  return Object.entries(quota.status?.hard ?? quota.spec?.hard ?? {}).map(([resource, hard]) => {
    const used = quota.status?.used?.[resource] ?? '0';
    return { resource, family: quotaFamily(resource) satisfies QuotaFamily, used, hard, full: (parseQuantity(used) ?? 0) >= (parseQuantity(hard) ?? Infinity) };
  });
}

function quotaOrigins(absence: Absence, workload: ObjectRef | undefined): Record<string, string | Origin> {
  return {
    refused: 'status.hard',
    written_s: 'metadata.managedFields',
    limits: 'status',
    full: 'status.used',
    full_text: 'status.used',
    missing_services: { object: objectRef('Service', absence.namespace, absence.services[0]?.name ?? '*'), fieldPath: 'metadata.name', source: 'lookup' },
    ...(workload === undefined
      ? {}
      : { present: { object: workload, fieldPath: 'status.replicas' }, wanted: { object: workload, fieldPath: 'spec.replicas' } }),
  };
}

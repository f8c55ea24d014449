import type { Fact, Origin } from '../domain/fact.ts';
import type { ApiServiceDoc } from '../domain/facts/api-service.ts';
import { refOf } from '../domain/kubernetes/object.ts';
import type { ApiService } from '../domain/kubernetes/policy.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';
import { serviceBackend } from './service-backend.ts';
import { conditionTexts } from './texts.ts';

export function* apiServiceFacts(context: FactContext): Iterable<Fact> {
  for (const api of context.inventory.list<ApiService>('APIService')) yield apiServiceFact(context, api);
}

function apiServiceFact(context: FactContext, api: ApiService): Fact {
  const { service, group } = api.spec ?? {};
  const backend = service ? serviceBackend(context, service.namespace, service.name) : undefined;
  const available = api.status?.conditions?.find(({ type }) => type === 'Available');
  const doc: ApiServiceDoc = {
    name: api.metadata.name,
    group: group ?? null,
    available: available?.status ?? null,
    reason: available?.reason ?? null,
    message: available?.message ?? null,
    unavailable_s: available === undefined || available.status === 'True' ? null : ageSeconds(context, available.lastTransitionTime),
    service: backend === undefined ? null : `${backend.ref.namespace}/${backend.ref.name}`,
    service_status: backend?.status ?? null,
    ready_endpoints: backend?.ready ?? null,
  };
  const behind: Origin | string = backend === undefined ? 'spec.service' : { object: backend.ref, fieldPath: 'endpoints', source: 'lookup' };
  const condition = 'status.conditions[type=Available]';
  return objectFact({
    subject: 'ApiService',
    object: refOf(api),
    doc,
    texts: conditionTexts(context, api, api.status?.conditions),
    relations: { service: backend?.ref, backend: backend?.workload ?? backend?.ref },
    since: doc.unavailable_s === null ? null : (available?.lastTransitionTime ?? null),
    origins: {
      available: `${condition}.status`,
      reason: `${condition}.reason`,
      message: `${condition}.message`,
      unavailable_s: condition,
      service: 'spec.service',
      service_status: behind,
      ready_endpoints: behind,
    },
  });
}

import type { Fact } from '../domain/fact.ts';
import type { ResourceDoc } from '../domain/facts/resource.ts';
import { type HelmRecord, helmRecords } from '../topology/edges/helm.ts';
import { ageSeconds, type FactContext } from './context.ts';
import { objectFact } from './object-fact.ts';

/** A fact of every Helm release whose record may be read: the labels of the Secret or ConfigMap tell how its last change ended. */
export function* helmRecordFacts(context: FactContext): Iterable<Fact> {
  for (const record of helmRecords(context.inventory)) yield recordFact(context, record);
}

function recordFact(context: FactContext, { ref, release, status, revision, at, hooks }: HelmRecord): Fact {
  const since = ageSeconds(context, at);
  const doc: ResourceDoc = {
    kind: 'HelmReleaseRecord',
    name: release,
    namespace: ref.namespace ?? null,
    age_s: since,
    deleting: false,
    answered: true,
    ready: status === 'deployed' ? 'True' : 'False',
    phase: status,
    phase_s: since,
    stale: false,
    operator: null,
    not_ready_s: status === 'deployed' ? null : since,
    hosts: 'any host',
    class: `revision ${revision}`,
    missing: [],
    issuer: null,
    secret: null,
    expires_in_s: null,
    users: 'nothing that was read',
    conditions: {},
  };
  return objectFact({
    subject: 'Resource',
    object: ref,
    part: 'helm',
    doc,
    groups: { hooks },
    since: status === 'deployed' ? null : at,
    origins: { phase: 'metadata.labels.status', ready: 'metadata.labels.status', phase_s: 'metadata.creationTimestamp', kind: 'metadata.labels.owner' },
  });
}

import { eventFirstTime } from '../../domain/kubernetes/event.ts';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import { isKind } from '../../domain/kubernetes/resource-type.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import { type Candidate, earliest } from '../candidate.ts';
import type { Known } from '../known.ts';

/**
 * The earliest sign of a candidate's trouble: what its findings and evidence say, and the first time of every warning about
 * the objects on which it was seen. Evidence alone would tell the last of many failures.
 */
export function firstTrouble(candidate: Candidate, known: Known): string | null {
  const objects = candidate.subjects.flatMap((subject) => found(subject, known) ?? []);
  const warnings = objects.flatMap((object) => known.inventory.eventsOf(object).filter(({ type }) => type === 'Warning'));
  const observed = candidate.evidenceIds.map((id) => known.evidence(id)?.observed_at);
  const since = objects.some(({ metadata }) => metadata.creationTimestamp === candidate.since && isOwner(candidate)) ? null : candidate.since;
  return earliest([since, ...observed, ...warnings.map(eventFirstTime), ...candidate.subjects.map((subject) => firstRestart(subject, known))]);
}

/** Where metrics count the restarts of a pod: the first that they saw. */
function firstRestart({ kind, namespace, name }: ObjectRef, { inventory }: Known): string | null {
  if (kind !== 'Pod') return null;
  const counted = inventory.telemetry.series.find(
    ({ name: metric, labels }) => metric === 'pod_restarts' && labels['pod'] === name && labels['namespace'] === namespace,
  );
  const first = counted?.samples.find(([, value], index, samples) => index > 0 && value > (samples[index - 1]?.[1] ?? value));
  return first === undefined ? null : new Date(first[0] * 1000).toISOString();
}

/** A workload's creation is no sign of trouble: it is told where nothing else is known. A pod's may be. */
function isOwner({ subjects }: Candidate): boolean {
  return subjects.every(({ kind }) => kind !== 'Pod');
}

/** The object, where it was read. */
export function found({ kind, namespace, name }: ObjectRef, { inventory }: Known): KubeObject | undefined {
  const lookup = isKind(kind) ? inventory.lookup(kind, namespace, name) : undefined;
  return lookup?.status === 'found' ? lookup.value : undefined;
}

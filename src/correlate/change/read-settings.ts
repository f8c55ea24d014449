import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import { podTemplateOf, type Workload } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import { type PodReference, podReferences } from '../../topology/pod-references.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';
import { found } from './first-trouble.ts';
import type { FoundChange } from './question.ts';

/** A ConfigMap or Secret that a workload reads, with the places where it does. */
export interface ReadSettings {
  readonly object: KubeObject;
  readonly places: readonly PodReference[];
}

/** What the workload takes its settings from. */
export function settingsOf(workload: ObjectRef, known: Known): ReadSettings[] {
  const spec = podTemplateOf((found(workload, known) ?? {}) as Workload)?.spec;
  const references = spec === undefined ? [] : podReferences(spec).filter(({ kind }) => kind === 'ConfigMap' || kind === 'Secret');
  return [...Map.groupBy(references, ({ kind, name }) => `${kind}/${name}`).values()].flatMap((places) => {
    const [{ kind, name } = { kind: '', name: '' }] = places;
    const object = found(objectRef(kind, workload.namespace, name), known);
    return object === undefined ? [] : [{ object, places }];
  });
}

/** May the pods in trouble have read the changed key? Variables are read when a container starts, files also later. */
export function hasRead({ field, at }: FoundChange, { places }: ReadSettings, candidate: Candidate, known: Known): boolean {
  const key = /^data\.(.+)$/.exec(field.field)?.[1];
  const reading = places.filter((place) => (place.key === undefined || place.key === key) && !place.path.startsWith('imagePullSecrets'));
  if (reading.some(({ path }) => path.startsWith('volumes['))) return true;
  return reading.length > 0 && candidate.subjects.some((subject) => startedSince(found(subject, known), at));
}

function startedSince(object: KubeObject | undefined, at: string): boolean {
  if (object === undefined) return false;
  const { startTime, containerStatuses = [], initContainerStatuses = [] } = (object as Pod).status ?? {};
  const states = [...containerStatuses, ...initContainerStatuses].flatMap(({ state, lastState }) => [state?.running, state?.terminated, lastState?.terminated]);
  return [startTime, ...states.map((state) => state?.startedAt)].some((time) => time !== undefined && Date.parse(time) >= Date.parse(at));
}

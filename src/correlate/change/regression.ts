import type { Change } from '../../domain/change.ts';
import { fieldLabel } from '../../domain/change-text.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Condition, KubeObject } from '../../domain/kubernetes/object.ts';
import { readyReplicas, type Workload } from '../../domain/kubernetes/workload.ts';
import { type ObjectRef, refKey, refLabel } from '../../domain/object-ref.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';
import { wasQuiet } from './before-the-change.ts';
import { found } from './first-trouble.ts';

/** Troubles of a process that no reason could be read for, the more telling first. */
const OF_PROCESS: readonly Effect[] = ['crashing', 'killed', 'not-ready', 'job-failed'];

/**
 * Symptoms that stay unexplained, on a workload that was well until a change: then the change is the reason, though what it broke
 * inside the process is not known. One finding a workload.
 */
export function regressions(unexplained: readonly Candidate[], changes: (candidate: Candidate) => Change | null, known: Known): Finding[] {
  const byObject = Map.groupBy(
    unexplained.filter(({ effect, foreign }) => OF_PROCESS.includes(effect) && !foreign),
    ({ object }) => refKey(object),
  );
  return [...byObject.values()].flatMap((symptoms) => {
    const [symptom] = symptoms.toSorted((a, b) => OF_PROCESS.indexOf(a.effect) - OF_PROCESS.indexOf(b.effect));
    const change = symptom && changes(symptom);
    return symptom && change && wasWell(symptom.object, change, known) ? [regression(symptom, change, known)] : [];
  });
}

function regression(symptom: Candidate, change: Change, known: Known): Finding {
  const { primary, object, effect, subjects, evidenceIds, since } = symptom;
  const beside = readyBeside(object, change, known);
  const source = typeof change.revision === 'number' ? `revision ${change.revision}` : refLabel(change.object);
  const control = beside ? `; the pods of revision ${change.previous_revision} are ready` : '';
  return {
    ...primary,
    id: `f-change-${refKey(object)}`,
    rule_id: 'release-regression',
    cause_id: 'release-regression',
    title: 'Regression brought by a change',
    role: 'cause',
    effect,
    // Pods of both revisions side by side are an experiment; one after the other, only a sequence.
    strength: beside ? 'strong' : 'weak',
    subjects: [...subjects],
    via: [],
    victims: [],
    mechanism: `${primary.mechanism}, since ${source} changed ${fieldLabel(change.field_path)}${control}`,
    since,
    evidence_ids: [...evidenceIds, ...change.evidence_ids],
    supersedes: [],
  };
}

/** Pods of the revision before are ready now. */
function readyBeside(workload: ObjectRef, { revision, previous_revision: previous }: Change, { inventory }: Known): boolean {
  if (typeof revision !== 'number' || workload.kind !== 'Deployment') return false;
  return inventory
    .list<Workload>('ReplicaSet', workload.namespace)
    .some(({ metadata, status }) => ownedBy(metadata, workload) && Number(metadata.annotations?.[REVISION]) === previous && (status?.readyReplicas ?? 0) > 0);
}

const REVISION = 'deployment.kubernetes.io/revision';

function ownedBy({ ownerReferences = [] }: KubeObject['metadata'], { kind, name }: ObjectRef): boolean {
  return ownerReferences.some((owner) => owner.kind === kind && owner.name === name);
}

/** Something of the workload serves still, it was available until the change, or its pods gave no trouble until then. */
function wasWell(ref: ObjectRef, change: Change, known: Known): boolean {
  const workload = found(ref, known) as Workload | undefined;
  if (workload === undefined) return false;
  if (readyReplicas(workload) > 0) return true;
  const available = workload.status?.conditions?.find(({ type }) => type === 'Available');
  if (available !== undefined) return lostAfter(available, change.at);
  return wasQuiet(change.at, known, { workload: ref, before: '' });
}

/** False since after the change; what was never true has been false since the workload was made. */
function lostAfter({ status, lastTransitionTime }: Condition, at: string): boolean {
  return status === 'False' && lastTransitionTime !== undefined && Date.parse(lastTransitionTime) >= Date.parse(at);
}

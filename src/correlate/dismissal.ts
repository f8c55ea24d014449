import type { Evidence } from '../domain/evidence.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import { isKind } from '../domain/kubernetes/resource-type.ts';
import type { Workload } from '../domain/kubernetes/workload.ts';
import type { Lookup } from '../domain/lookup.ts';
import { type ObjectRef, refLabel, sameObject } from '../domain/object-ref.ts';
import { type Candidate, compareStrength, indexBy } from './candidate.ts';
import type { Known } from './known.ts';
import type { Relations } from './relations.ts';

/** Why a candidate does not stand. `quiet`: nothing is wrong there; else the question stays open without it. */
export interface Dismissal {
  readonly candidate: Candidate;
  readonly name: string;
  readonly reason: string;
  readonly quiet: boolean;
}

type Ground = (candidate: Candidate, known: Known) => string | undefined;
type Rival = (candidate: Candidate, rival: Candidate) => string | undefined;

const noEvidence: Ground = ({ evidenceIds }, { evidence }) =>
  evidenceIds.some((id) => evidence(id) !== undefined) ? undefined : 'nothing that was read proves it';

const gone: Ground = ({ subjects }, known) =>
  subjects.every((subject) => subject.kind === 'Pod' && read(subject, known).status === 'not-found')
    ? `${labels(subjects)} no longer ${subjects.length === 1 ? 'exists' : 'exist'}`
    : undefined;

const beingDeleted: Ground = ({ subjects, effect }, known) =>
  effect !== 'terminating' && subjects.every((subject) => found(subject, known)?.metadata.deletionTimestamp !== undefined)
    ? `${labels(subjects)} ${subjects.length === 1 ? 'is' : 'are'} being deleted`
    : undefined;

const finished: Ground = ({ subjects }, known) =>
  subjects.every((subject) => isFinished(found(subject, known))) ? `${labels(subjects)} finished successfully` : undefined;

const recovered: Ground = (candidate, known) => {
  const since = candidate.subjects.map((subject) => recoveredSince(candidate, found(subject, known), known));
  const [first] = since;
  return first !== undefined && since.every((time) => time !== undefined) ? `${labels(candidate.subjects)} recovered: ready since ${first}` : undefined;
};

const superseded: Rival = (candidate, rival) =>
  rival.findings.some(({ supersedes }) => supersedes.includes(candidate.causeId)) ? `${named(rival, candidate)} says it more exactly` : undefined;

/** The rival's title, with its object where that is another. */
function named({ primary, object }: Candidate, beside: Candidate): string {
  return `"${primary.title}"${sameObject(object, beside.object) ? '' : ` (${refLabel(object)})`}`;
}

const lessExact: Rival = (candidate, rival) =>
  rival.role === 'cause' &&
  rival.effect === candidate.effect &&
  sameObject(rival.object, candidate.object) &&
  compareStrength(rival.strength, candidate.strength) > 0
    ? `${rival.primary.title} explains the same trouble with firmer evidence (${rival.strength} against ${candidate.strength})`
    : undefined;

const weakBesideProven: Rival = (candidate, rival) =>
  candidate.strength === 'weak' && rival.role === 'cause' && rival.strength === 'decisive'
    ? `it is only a heuristic sign, and ${rival.primary.title} is proven on the same object`
    : undefined;

// The orders are contracts: the first ground that holds is the reason that people read.
const GROUNDS: Readonly<Record<string, Ground>> = { noEvidence, gone, beingDeleted, finished, recovered };
const RIVALS: Readonly<Record<string, Rival>> = { superseded, lessExact, weakBesideProven };

/** Splits candidates into those that stand and those that do not, with the reason of each. */
export function dismiss(candidates: readonly Candidate[], known: Known, relations: Relations): { standing: Candidate[]; dismissed: Dismissal[] } {
  const dismissed: Dismissal[] = [];
  const present = candidates.filter((candidate) => {
    if (candidate.role === 'observation') return true;
    const ground = firstGround(candidate, known);
    if (ground) dismissed.push(ground);
    return ground === undefined;
  });
  const neighbours = indexBy(present, (candidate) => relations.keysOf(candidate));
  const standing = present.filter((candidate) => {
    if (candidate.role === 'observation') return false;
    const near = new Set([...relations.keysOf(candidate)].flatMap((key) => neighbours.get(key) ?? []));
    const objection = firstRival(candidate, [...near], relations);
    if (objection) dismissed.push(objection);
    return objection === undefined;
  });
  return { standing, dismissed };
}

function firstGround(candidate: Candidate, known: Known): Dismissal | undefined {
  for (const [name, ground] of Object.entries(GROUNDS)) {
    const reason = ground(candidate, known);
    if (reason !== undefined) return { candidate, name, reason, quiet: name !== 'noEvidence' };
  }
  return undefined;
}

function firstRival(candidate: Candidate, others: readonly Candidate[], relations: Relations): Dismissal | undefined {
  const rivals = others.filter((other) => other !== candidate && rivalry(candidate, other, relations));
  for (const [name, ground] of Object.entries(RIVALS)) {
    for (const rival of rivals) {
      const reason = ground(candidate, rival);
      if (reason !== undefined) return { candidate, name, reason, quiet: rival.role === 'observation' };
    }
  }
  return undefined;
}

/** Only findings about the same object, and not about two different containers of it, compete. */
function rivalry(a: Candidate, b: Candidate, relations: Relations): boolean {
  const sameContainer = a.containers.size === 0 || b.containers.size === 0 || !a.containers.isDisjointFrom(b.containers);
  return sameContainer && (relations.meet(a, b) || sameObject(a.object, b.object));
}

/** Troubles before a pod's start are over once it is ready; a crash is over only after a long quiet time. */
const OVER_WHEN_READY: ReadonlySet<string> = new Set([
  'not-scheduled',
  'image-not-pulled',
  'not-configured',
  'volume-not-mounted',
  'sandbox-failed',
  'not-ready',
]);
const OVER_WHEN_QUIET: ReadonlySet<string> = new Set(['crashing', 'killed']);
const QUIET_MS = 60 * 60_000;

function recoveredSince({ effect, evidenceIds }: Candidate, object: KubeObject | undefined, known: Known): string | undefined {
  if (object?.kind !== 'Pod') return undefined;
  const { conditions = [], startTime, containerStatuses = [] } = (object as Pod).status ?? {};
  const since = conditions.find(({ type, status }) => type === 'Ready' && status === 'True')?.lastTransitionTime;
  if (since === undefined || evidenceIds.some((id) => isNewer(known.evidence(id), since))) return undefined;
  if (OVER_WHEN_READY.has(effect)) return since;
  if (!OVER_WHEN_QUIET.has(effect)) return undefined;
  const restarts = Math.max(1, ...containerStatuses.map(({ restartCount }) => restartCount ?? 0));
  const usualGap = startTime ? (Date.parse(since) - Date.parse(startTime)) / restarts : 0;
  return Date.parse(known.asOf) - Date.parse(since) > Math.max(QUIET_MS, 2 * usualGap) ? since : undefined;
}

/** Events, logs and metrics have a time of their own; a field of the object only says how it is. */
function isNewer(evidence: Evidence | undefined, time: string): boolean {
  return evidence?.observed_at ? Date.parse(evidence.observed_at) > Date.parse(time) : false;
}

function isFinished(object: KubeObject | undefined): boolean {
  if (object?.kind === 'Pod') return (object as Pod).status?.phase === 'Succeeded';
  const conditions = object?.kind === 'Job' ? ((object as Workload).status?.conditions ?? []) : [];
  return conditions.some(({ type, status }) => type === 'Complete' && status === 'True');
}

function found(ref: ObjectRef, known: Known): KubeObject | undefined {
  const lookup = read(ref, known);
  return lookup.status === 'found' ? lookup.value : undefined;
}

function read({ kind, namespace, name }: ObjectRef, { inventory }: Known): Lookup<KubeObject> {
  return isKind(kind) ? inventory.lookup(kind, namespace, name) : { status: 'not-collected', needs: kind };
}

function labels(refs: readonly ObjectRef[]): string {
  const shown = refs.slice(0, 3).map(refLabel).join(', ');
  return refs.length > 3 ? `${shown} and ${refs.length - 3} more` : shown;
}

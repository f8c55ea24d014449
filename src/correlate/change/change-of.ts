import type { ChangedField } from '../../changes/differences.ts';
import { type TemplateChange, templateChangesOf } from '../../changes/template-changes.ts';
import type { Change } from '../../domain/change.ts';
import type { Cite } from '../../domain/citation.ts';
import { controllerOf } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Candidate } from '../candidate.ts';
import type { Known } from '../known.ts';
import { TEMPLATE_MECHANISMS } from './field-mechanisms.ts';
import { firstTrouble, found } from './first-trouble.ts';
import { type FittingField, fittingField } from './mechanism-of.ts';

/** Kinds whose templates are kept as revisions. */
const REVISED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
/** Clocks of the control plane's parts differ by this much, and times have whole seconds. */
const SKEW_MS = 5_000;
const SHORTEST_WORD = 3;

/**
 * The change that brought the fault: a revision of the blamed workload that came before the first trouble and not long before
 * it, with a field by which it leads to the fault, while the pods of earlier revisions do not have it. Null where one of these
 * is not known.
 */
export function changeOf(candidate: Candidate, known: Known, cite: Cite | undefined): Change | null {
  const workload = REVISED.has(candidate.object.kind) ? found(candidate.object, known) : undefined;
  if (workload === undefined || cite === undefined) return null;
  const first = firstTrouble(candidate, known);
  if (first === null) return null;
  for (const change of templateChangesOf(known.inventory, workload)) {
    const hit = podsOfRevision(candidate, change, known);
    if (hit === 'none') continue;
    const fitting = hit === 'all' ? fittingField(change.fields, candidate, { rows: TEMPLATE_MECHANISMS, isSpokenOf: spokenOf(candidate, known) }) : undefined;
    return fitting && precedes(change.at, first, fitting.mechanism.withinMs) ? told(candidate, change as Timed, fitting, cite) : null;
  }
  return null;
}

type Timed = TemplateChange & { readonly at: string };

function precedes(at: string | undefined, first: string, withinMs: number): boolean {
  if (at === undefined) return false;
  const delay = Date.parse(first) - Date.parse(at);
  return delay >= -SKEW_MS && delay <= withinMs;
}

/** How many of the pods in trouble are of the revision. Without pods the trouble is that of the newest revision: it makes none. */
function podsOfRevision({ subjects }: Candidate, { names }: TemplateChange, known: Known): 'all' | 'some' | 'none' {
  const pods = subjects.filter(({ kind }) => kind === 'Pod').flatMap((subject) => (found(subject, known) as Pod | undefined) ?? []);
  const own = pods.filter((pod) => names.some((name) => isOfRevision(pod, name))).length;
  return own === pods.length ? 'all' : own === 0 ? 'none' : 'some';
}

/** Pods of a ReplicaSet name it as their controller; those of a StatefulSet or DaemonSet bear its name, or the end of it, as a label. */
function isOfRevision(pod: Pod, revision: string): boolean {
  const hash = pod.metadata.labels?.['controller-revision-hash'];
  return controllerOf(pod)?.name === revision || (hash !== undefined && (revision === hash || revision.endsWith(`-${hash}`)));
}

/** Whether the finding or its evidence names the field, the variable or its value. */
function spokenOf(candidate: Candidate, known: Known): (field: ChangedField) => boolean {
  const pieces = candidate.evidenceIds.flatMap((id) => known.evidence(id) ?? []);
  const paths = new Set(pieces.map(({ field_path }) => field_path));
  const texts = [candidate.primary.mechanism, ...pieces.map(({ excerpt }) => excerpt), ...[candidate.object, ...candidate.via].map(({ name }) => name)];
  return ({ field, to }) => {
    const variable = /\.env\[name=([^\]]+)\]/.exec(field)?.[1];
    const words = [variable, to].filter((word) => word !== undefined && word !== null && word.length >= SHORTEST_WORD);
    return paths.has(field) || words.some((word) => texts.some((text) => text.includes(word ?? '')));
  };
}

function told(candidate: Candidate, change: Timed, { field, mechanism }: FittingField, cite: Cite): Change {
  const { revision, before, at, fields } = change;
  const path = `spec.template.${field.field}`;
  const excerpt = `revision ${before.number}: ${field.from ?? 'not set'}; revision ${revision.number}: ${field.to ?? 'not set'}`;
  return {
    object: candidate.object,
    field_path: path,
    from: field.from,
    to: field.to,
    at,
    revision: revision.number,
    previous_revision: before.number,
    also: fields.filter((other) => other !== field).map(({ field: other, from, to }) => ({ field_path: `spec.template.${other}`, from, to })),
    mechanism: mechanism.says,
    evidence_ids: [cite({ source: 'object', object: candidate.object, field_path: path, excerpt, observed_at: at })],
  };
}

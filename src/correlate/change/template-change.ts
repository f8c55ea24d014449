import { type TemplateChange, templateChangesOf } from '../../changes/template-changes.ts';
import { controllerOf } from '../../domain/kubernetes/object.ts';
import type { Pod } from '../../domain/kubernetes/pod.ts';
import type { Workload } from '../../domain/kubernetes/workload.ts';
import type { ObjectRef } from '../../domain/object-ref.ts';
import { wasInTrouble } from './before-the-change.ts';
import { TEMPLATE_MECHANISMS } from './field-mechanisms.ts';
import { found } from './first-trouble.ts';
import { fittingField } from './mechanism-of.ts';
import { type ChangeQuestion, type FoundChange, precedes } from './question.ts';
import { spokenOf } from './spoken-of.ts';

/** Kinds whose templates are kept as revisions. */
const REVISED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const TEMPLATE = 'spec.template.';

/** The revision of a workload that brought the fault, while the pods of the one before it do not have it. */
export function templateChange(question: ChangeQuestion, workload: ObjectRef): FoundChange | undefined {
  const { candidate, known, first } = question;
  const object = REVISED.has(workload.kind) ? found(workload, known) : undefined;
  if (object === undefined) return undefined;
  const isSpokenOf = spokenOf(candidate, known);
  for (const change of templateChangesOf(known.inventory, object as Workload)) {
    const hit = podsOfRevision(question, change);
    if (hit === 'none') continue;
    const fitting = hit === 'all' ? fittingField(change.fields, candidate, { rows: TEMPLATE_MECHANISMS, isSpokenOf }) : undefined;
    const { at, revision, before } = change;
    if (
      fitting === undefined ||
      at === undefined ||
      !precedes(at, first, fitting.mechanism.withinMs) ||
      wasInTrouble(at, known, { workload, before: before.name })
    )
      return undefined;
    const { field, mechanism } = fitting;
    return {
      object: workload,
      at,
      by: null,
      revision: revision.number,
      previousRevision: before.number,
      field: { ...field, field: `${TEMPLATE}${field.field}` },
      others: change.fields.filter((other) => other !== field).map((other) => ({ ...other, field: `${TEMPLATE}${other.field}` })),
      mechanism: mechanism.says,
      spoken: isSpokenOf(field),
    };
  }
  return undefined;
}

/** How many of the pods in trouble are of the revision. Without pods the trouble is that of the newest revision: it makes none. */
function podsOfRevision({ candidate, known }: ChangeQuestion, { names }: TemplateChange): 'all' | 'some' | 'none' {
  const pods = candidate.subjects.filter(({ kind }) => kind === 'Pod').flatMap((subject) => (found(subject, known) as Pod | undefined) ?? []);
  const own = pods.filter((pod) => names.some((name) => isOfRevision(pod, name))).length;
  return own === pods.length ? 'all' : own === 0 ? 'none' : 'some';
}

/** Pods of a ReplicaSet name it as their controller; those of a StatefulSet or DaemonSet bear its name, or the end of it, as a label. */
function isOfRevision(pod: Pod, revision: string): boolean {
  const hash = pod.metadata.labels?.['controller-revision-hash'];
  return controllerOf(pod)?.name === revision || (hash !== undefined && (revision === hash || revision.endsWith(`-${hash}`)));
}

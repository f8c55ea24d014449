import { makerOf, type ObjectWrite, writesOf } from '../../changes/object-writes.ts';
import { eventTime } from '../../domain/kubernetes/event.ts';
import type { FieldWrite, KubeObject } from '../../domain/kubernetes/object.ts';
import { refOf } from '../../domain/kubernetes/object.ts';
import type { Known } from '../known.ts';
import { type FieldMechanism, TEMPLATE_MECHANISMS } from './field-mechanisms.ts';
import { found } from './first-trouble.ts';
import { fittingField } from './mechanism-of.ts';
import { MADE, OBJECT_MECHANISMS, type ObjectMechanism } from './object-mechanisms.ts';
import { type ChangeQuestion, type FoundChange, precedes } from './question.ts';
import { spokenOf } from './spoken-of.ts';

/** What a CronJob hands on to its jobs is no revision; its fields are those of a template all the same. */
const JOB_TEMPLATE = 'spec.jobTemplate.spec.template.';
/** An object is a change only to what was there this long before it. */
const OLDER_MS = 60_000;
const SAME_MOMENT_MS = 10_000;

/** The write of an object that brought the fault, or its making. */
export function objectChange(question: ChangeQuestion, object: KubeObject): FoundChange | undefined {
  const { candidate, known, first } = question;
  const isSpokenOf = spokenOf(candidate, known);
  for (const write of [...writesOf(object), ...making(object, question)]) {
    const fields = write.fields.map((field) => withReplicasBefore(field, { object, write, known }));
    const fitting = fittingField(fields, candidate, { rows: rowsOf(object.kind), isSpokenOf });
    if (fitting === undefined) continue;
    const { field, mechanism } = fitting;
    const begins = first ?? ((mechanism as ObjectMechanism).isTheFault === true ? write.at : null);
    if (!precedes(write.at, begins, mechanism.withinMs)) continue;
    const others = fields.filter((other) => other !== field);
    return { ...PLAIN, object: refOf(object), at: write.at, by: write.by, field, others, mechanism: mechanism.says, spoken: isSpokenOf(field) };
  }
  return undefined;
}

const PLAIN = { revision: null, previousRevision: null };

function rowsOf(kind: string): readonly FieldMechanism[] {
  const own = OBJECT_MECHANISMS.filter(({ kinds }) => kinds.includes(kind));
  return kind === 'CronJob' ? [...own, ...JOB_MECHANISMS] : own;
}

const JOB_MECHANISMS: readonly FieldMechanism[] = TEMPLATE_MECHANISMS.map((row) => ({
  ...row,
  field: new RegExp(row.field.source.replace(/^\^/, `^${JOB_TEMPLATE.replaceAll('.', '\\.')}`)),
}));

/** Its making counts where it came to something that was there before: what is made together is no change. */
function making(object: KubeObject, { candidate, known }: ChangeQuestion): ObjectWrite[] {
  const at = object.metadata.creationTimestamp;
  if (at === undefined) return [];
  const others = [...candidate.felt, ...candidate.victims].flatMap((ref) => found(ref, known) ?? []).filter((other) => other !== object);
  const older = others.filter(({ kind, metadata }) => kind !== 'Pod' && Date.parse(metadata.creationTimestamp ?? '') < Date.parse(at) - OLDER_MS);
  return older.length === 0 ? [] : [{ at, by: makerOf(object), fields: [{ field: MADE, from: null, to: at }] }];
}

interface Written {
  readonly object: KubeObject;
  readonly write: ObjectWrite;
  readonly known: Known;
}

/** Of a scaling, the event still tells from what: `Scaled down replica set web-5d7c from 3 to 0`. */
function withReplicasBefore(field: FieldWrite, { object, write, known }: Written): FieldWrite {
  if (field.field !== 'spec.replicas' || field.from !== undefined) return field;
  for (const event of known.inventory.eventsOf(object)) {
    const [, from, to] = /from (\d+) to (\d+)/.exec(event.reason === 'ScalingReplicaSet' ? (event.message ?? '') : '') ?? [];
    const apart = Math.abs(Date.parse(eventTime(event) ?? '') - Date.parse(write.at));
    if (from !== undefined && to === field.to && apart <= SAME_MOMENT_MS) return { ...field, from };
  }
  return field;
}

import type { FieldWrite } from '../../domain/kubernetes/object.ts';
import { parseQuantity } from '../../domain/kubernetes/quantity.ts';
import type { Candidate } from '../candidate.ts';
import type { FieldMechanism } from './field-mechanisms.ts';

/** A field with the row by which it leads to the candidate's fault. */
export interface FittingField {
  readonly field: FieldWrite;
  readonly mechanism: FieldMechanism;
}

interface Fitting {
  readonly rows: readonly FieldMechanism[];
  /** True when the finding or its evidence names the field or its value. */
  readonly isSpokenOf: (field: FieldWrite) => boolean;
}

/** The changed field that explains the candidate best: what the finding speaks of first, then by the order of the rows. */
export function fittingField(fields: readonly FieldWrite[], candidate: Candidate, { rows, isSpokenOf }: Fitting): FittingField | undefined {
  const fitting = fields.flatMap((field) => {
    const spoken = isSpokenOf(field);
    const row = rows.findIndex((mechanism) => (spoken || mechanism.spoken !== true) && fits(field, mechanism, candidate));
    return row === -1 ? [] : [{ field, row, spoken }];
  });
  const [best] = fitting.toSorted((a, b) => Number(b.spoken) - Number(a.spoken) || a.row - b.row);
  const mechanism = best && rows[best.row];
  return best && mechanism && { field: best.field, mechanism };
}

function fits(changed: FieldWrite, { field, effects, causes, except, direction }: FieldMechanism, candidate: Candidate): boolean {
  if (!field.test(changed.field) || !effects.includes(candidate.effect)) return false;
  if (causes?.test(candidate.causeId) === false || except?.test(candidate.causeId) === true) return false;
  const container = containerIn(changed.field);
  if (container !== undefined && candidate.containers.size > 0 && !candidate.containers.has(container)) return false;
  return direction === undefined || goes(direction, changed);
}

function containerIn(field: string): string | undefined {
  return /^spec\.(?:initC|c)ontainers\[name=([^\]]+)\]/.exec(field)?.[1];
}

/** A limit that is new binds where none did, and a request that is new asks where none did; one that went away does neither. */
function goes(direction: 'lower' | 'higher', { from, to }: FieldWrite): boolean {
  const [before, after] = [parseQuantity(from), parseQuantity(to)];
  if (after === undefined || from === undefined) return false;
  if (before === undefined) return from === null;
  return direction === 'lower' ? after < before : after > before;
}

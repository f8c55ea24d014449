import type { Change } from '../domain/change.ts';
import { changeText, fieldLabel, valuesText } from '../domain/change-text.ts';
import { type ObjectRef, refLabel, sameObject } from '../domain/object-ref.ts';
import { clock } from './clock.ts';

const MAX_OTHERS = 5;

/** `Changed at 2026-01-31 09:38:00 UTC, revision 7: limits.memory of app 256Mi → 64Mi. The lower limit is …`; names the object where it is not `of`. */
export function changeSentence(change: Change, of: ObjectRef): string {
  const where = sameObject(change.object, of) ? 'Changed' : `${refLabel(change.object)} changed`;
  return `${where} at ${clock(change.at)}${changeText(change)}. ${change.mechanism}`;
}

/** What else a change brought, a few of them. */
export function otherFields(also: NonNullable<Change['also']>): string {
  const named = also.slice(0, MAX_OTHERS).map((field) => `${fieldLabel(field.field_path)} ${valuesText(field)}`);
  return `${named.join('; ')}${also.length > named.length ? ` and ${also.length - named.length} more` : ''}`;
}

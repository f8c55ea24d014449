import { flatFields } from '../domain/kubernetes/flat-fields.ts';
import type { Json } from '../domain/kubernetes/object.ts';
import { redacted } from '../redact/marker.ts';
import { isHarmlessValue, isSecretName, kindOfName } from '../redact/secret-names.ts';

/** One field that differs. A side is null where the field was not there. */
export interface ChangedField {
  /** `spec.containers[name=app].resources.limits.memory` */
  readonly field: string;
  readonly from: string | null;
  readonly to: string | null;
}

const MAX_FIELDS = 20;
const MAX_VALUE = 300;

/** Fields that differ, by path, with the values of both sides as text; items of a list are told apart by their name. Secrets are masked. */
export function differences(before: object | undefined, after: object | undefined): ChangedField[] {
  const [old, now] = [flatFields(before as Json | undefined), flatFields(after as Json | undefined)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].filter((field) => old.get(field) !== now.get(field));
  return fields.slice(0, MAX_FIELDS).map((field) => ({ field, from: shown(field, old.get(field)), to: shown(field, now.get(field)) }));
}

function shown(field: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const name = /\[name=([^\]]+)\]\.value$/.exec(field)?.[1];
  if (name !== undefined && isSecretName(name) && !isHarmlessValue(name, value)) return redacted(kindOfName(name));
  return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
}

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
/** What tells the items of a list apart, the most telling first. */
const ITEM_KEYS = ['mountPath', 'name', 'containerPort'] as const;

/** Fields that differ, by path, with the values of both sides as text; items of a list are told apart by their name. Secrets are masked. */
export function differences(before: object | undefined, after: object | undefined): ChangedField[] {
  const [old, now] = [flatten(before as Json | undefined), flatten(after as Json | undefined)];
  const fields = [...new Set([...old.keys(), ...now.keys()])].filter((field) => old.get(field) !== now.get(field));
  return fields.slice(0, MAX_FIELDS).map((field) => ({ field, from: shown(field, old.get(field)), to: shown(field, now.get(field)) }));
}

/** The leaves of a document, by path. */
function flatten(value: Json | undefined, path = '', into = new Map<string, string>()): Map<string, string> {
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item !== 'object')) into.set(path, value.join(' '));
    else for (const [index, item] of value.entries()) flattenItem(item as Json, `${path}[`, index, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) flatten(item, path === '' ? key : `${path}.${key}`, into);
  } else if (value !== undefined && value !== null) into.set(path, String(value));
  return into;
}

/** The key of an item stands in its path; it is a value only of an item that has nothing else. */
function flattenItem(item: Json, path: string, index: number, into: Map<string, string>): void {
  const fields = typeof item === 'object' && item !== null && !Array.isArray(item) ? (item as { readonly [key: string]: Json }) : undefined;
  const key = ITEM_KEYS.find((name) => fields?.[name] !== undefined && fields[name] !== null);
  if (fields === undefined || key === undefined) return void flatten(item, `${path}${index}]`, into);
  const { [key]: name, ...rest } = fields;
  const own = `${path}${key}=${String(name)}]`;
  if (Object.keys(rest).length === 0) into.set(own, String(name));
  else flatten(rest as Json, own, into);
}

function shown(field: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  const name = /\[name=([^\]]+)\]\.value$/.exec(field)?.[1];
  if (name !== undefined && isSecretName(name) && !isHarmlessValue(name, value)) return redacted(kindOfName(name));
  return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
}

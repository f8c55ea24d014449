import { flatFields, itemLabel } from '../domain/kubernetes/flat-fields.ts';
import type { FieldWrite, Json, KubeObject, ManagedFields } from '../domain/kubernetes/object.ts';
import { parseQuantity } from '../domain/kubernetes/quantity.ts';
import { redacted } from '../redact/marker.ts';
import { isHarmlessValue, isSecretName, kindOfName } from '../redact/secret-names.ts';
import { changedLines } from './changed-lines.ts';

/** Kinds of which it is told what a later write changed, and the parts of them that count. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  ConfigMap: ['data'],
  Secret: ['data'],
  Service: ['spec'],
  Ingress: ['spec'],
  NetworkPolicy: ['spec'],
  ResourceQuota: ['spec'],
  LimitRange: ['spec'],
  HorizontalPodAutoscaler: ['spec'],
  PodDisruptionBudget: ['spec'],
  CronJob: ['spec'],
  // Their templates are kept as revisions, with what they were before.
  Deployment: ['spec'],
  StatefulSet: ['spec'],
  DaemonSet: ['spec'],
  Node: ['spec'],
  ValidatingWebhookConfiguration: ['webhooks'],
  MutatingWebhookConfiguration: ['webhooks'],
};
const REVISED: ReadonlySet<string> = new Set(['Deployment', 'StatefulSet', 'DaemonSet']);
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
/** Writes of the first moments belong to the making of the object. */
const MAKING_MS = 2_000;
/** A writer of more fields than this wrote the whole object: which of them it changed is not known. */
const MAX_FEW = 6;
const MAX_VALUE = 300;

type Fields = { readonly [key: string]: Json };
type Flat = ReadonlyMap<string, string>;

/**
 * Who wrote an object when, without the tree of owned fields, which is large; instead, of writes after its making, the fields
 * that they changed as far as it can be told: with their value before where last-applied-configuration still holds it, else
 * those of a writer that owns few. Of a Secret only the keys. What was made so before is left as it is.
 */
export function fieldWrites(object: KubeObject): ManagedFields[] {
  const entries = object.metadata.managedFields ?? [];
  const changes = entries.some((entry) => isLater(entry, object)) ? changesBy(object, entries) : new Map<ManagedFields, readonly FieldWrite[]>();
  return entries.map((entry) => {
    const { manager, operation, time, subresource, changed = changes.get(entry) } = entry;
    return {
      ...(manager === undefined ? {} : { manager }),
      ...(operation === undefined ? {} : { operation }),
      ...(time === undefined ? {} : { time }),
      ...(subresource === undefined ? {} : { subresource }),
      ...(changed === undefined || changed.length === 0 ? {} : { changed }),
    };
  });
}

/** A write of the specification, by whomever, after the object was made. */
function isLater({ time, subresource, fieldsV1 }: ManagedFields, { metadata }: KubeObject): boolean {
  if (fieldsV1 === undefined || subresource === 'status' || time === undefined || metadata.creationTimestamp === undefined) return false;
  return Date.parse(time) > Date.parse(metadata.creationTimestamp) + MAKING_MS;
}

function changesBy(object: KubeObject, entries: readonly ManagedFields[]): Map<ManagedFields, readonly FieldWrite[]> {
  const parts = PARTS[object.kind] ?? [];
  const later = entries.filter((entry) => isLater(entry, object)).map((entry) => ({ entry, owned: ownedLeaves(object, entry, parts) }));
  if (later.every(({ owned }) => owned.length === 0)) return new Map();
  const live = leavesOf(object, parts);
  const applied = object.kind === 'Secret' ? undefined : lastApplied(object, parts);
  return new Map(
    later.map(({ entry, owned }) => {
      const writesApplied = ownsLastApplied(entry);
      const drifted = writesApplied || applied === undefined ? [] : owned.filter((path) => differs(applied.get(path), live.get(path)) && applied.has(path));
      if (drifted.length > 0) return [entry, drifted.map((path) => write(object.kind, path, { from: applied?.get(path), to: live.get(path) }))];
      const told = applied === undefined || writesApplied ? owned : owned.filter((path) => !applied.has(path));
      const few = told.length <= (writesApplied ? 1 : MAX_FEW) && (told.length < live.size || (told.length === 1 && !ownsLabels(entry)));
      return [entry, few ? told.map((path) => write(object.kind, path, { to: live.get(path) })) : []];
    }),
  );
}

function leavesOf(object: object, parts: readonly string[]): Flat {
  const flat = new Map<string, string>();
  for (const part of parts) flatFields((object as Fields)[part], part, flat);
  return flat;
}

function lastApplied({ metadata }: KubeObject, parts: readonly string[]): Flat | undefined {
  const text = metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return undefined;
  try {
    return leavesOf(JSON.parse(text) as object, parts);
  } catch {
    return undefined;
  }
}

function ownsLastApplied({ fieldsV1 }: ManagedFields): boolean {
  const annotations = child(child(fieldsV1, 'f:metadata'), 'f:annotations');
  return child(annotations, `f:${LAST_APPLIED}`) !== undefined;
}

/** Who owns all fields and labels besides may have changed no more than a label. */
function ownsLabels({ fieldsV1 }: ManagedFields): boolean {
  return child(child(fieldsV1, 'f:metadata'), 'f:labels') !== undefined;
}

/** Paths of the leaves that an entry owns, spelled as `flatFields` spells them; of a template that revisions keep, none. */
function ownedLeaves(object: KubeObject, { fieldsV1 }: ManagedFields, parts: readonly string[]): string[] {
  const paths: string[] = [];
  for (const part of parts) collect(child(fieldsV1, `f:${part}`), (object as unknown as Fields)[part], part, paths);
  return REVISED.has(object.kind) ? paths.filter((path) => !path.startsWith('spec.template')) : paths;
}

function collect(owned: Json | undefined, value: Json | undefined, path: string, into: string[]): void {
  if (owned === undefined) return;
  const inner = Object.entries((owned ?? {}) as Fields).filter(([key]) => key !== '.');
  if (inner.length === 0) {
    for (const leaf of flatFields(value, path).keys()) into.push(leaf);
    return;
  }
  for (const [key, below] of inner) {
    if (key.startsWith('f:')) collect(below, child(value, key.slice(2)), `${path}.${key.slice(2)}`, into);
    else if (key.startsWith('k:') && Array.isArray(value)) collectItem(below, value, { path, key: key.slice(2) }, into);
  }
}

function collectItem(owned: Json, list: readonly Json[], { path, key }: { path: string; key: string }, into: string[]): void {
  const wanted = Object.entries(JSON.parse(key) as Fields);
  const index = list.findIndex((item) => wanted.every(([name, value]) => child(item, name) === value));
  const item = list[index];
  if (item === undefined) return;
  const label = itemLabel(item) ?? String(index);
  const found: string[] = [];
  collect(owned, item, `${path}[${label}]`, found);
  // The key itself stands in the path.
  into.push(...found.filter((leaf) => leaf !== `${path}[${label}].${label.split('=')[0]}`));
}

function child(value: Json | undefined, key: string): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields)[key] : undefined;
}

/** `0.5` and `500m` are the same. */
function differs(a: string | undefined, b: string | undefined): boolean {
  if (a === b) return false;
  const [left, right] = [parseQuantity(a), parseQuantity(b)];
  return left === undefined || left !== right;
}

function write(kind: string, field: string, values: { from?: string | undefined; to: string | undefined }): FieldWrite {
  if (kind === 'Secret') return { field, to: redacted('secret-data') };
  const name = field.slice(field.lastIndexOf('.') + 1);
  const [from, to] = 'from' in values ? changedLines(values.from, values.to) : [undefined, values.to];
  const told = (value: string | undefined): string | null => {
    if (value === undefined) return null;
    if (isSecretName(name) && !isHarmlessValue(name, value)) return redacted(kindOfName(name));
    return value.length > MAX_VALUE ? `${value.slice(0, MAX_VALUE)}…` : value;
  };
  return 'from' in values ? { field, from: told(from), to: told(to) } : { field, to: told(to) };
}

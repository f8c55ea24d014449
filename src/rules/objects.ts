import type { Fact } from '../domain/fact.ts';
import { isKind, resourceType } from '../domain/kubernetes/resource-type.ts';
import { type ObjectRef, objectRef } from '../domain/object-ref.ts';
import type { ObjectTemplate } from './rule.ts';
import { fillName } from './template.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The object that a rule blames; the fact's own object where the role or a part of the name is not known. */
export function blamedObject(template: ObjectTemplate, fact: Fact, variables: Variables): ObjectRef {
  return objectsOf(template, fact, variables)[0] ?? fact.relations['self'] ?? fact.object;
}

/** The objects that a template names: one, several where it names a group, none where they are not known. */
export function objectsOf(template: ObjectTemplate, fact: Fact, variables: Variables): readonly ObjectRef[] {
  if (typeof template !== 'string') return spelledOut(template, fact, variables);
  const one = template === 'self' ? (fact.relations['self'] ?? fact.object) : fact.relations[template];
  return one === undefined ? (fact.groups?.[template] ?? []) : [one];
}

function spelledOut(template: Exclude<ObjectTemplate, string>, fact: Fact, variables: Variables): readonly ObjectRef[] {
  const kind = fillName(template.kind, variables);
  const name = fillName(template.name, variables);
  if (kind === undefined || name === undefined) return [];
  if (template.namespace === undefined) return [objectRef(kind, isNamespaced(kind) ? fact.object.namespace : undefined, name)];
  const namespace = fillName(template.namespace, variables);
  return namespace === undefined ? [] : [objectRef(kind, namespace, name)];
}

/** A kind that we do not read, a custom resource, is taken to be namespaced; External and ControlPlane are nowhere. */
function isNamespaced(kind: string): boolean {
  if (isKind(kind)) return resourceType(kind).namespaced;
  return kind !== 'External' && kind !== 'ControlPlane';
}

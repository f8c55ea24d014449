import type { Fact, FactText, Origin, Subject } from '../domain/fact.ts';
import type { GroupRole, Role } from '../domain/facts/roles.ts';
import { type ObjectRef, refKey } from '../domain/object-ref.ts';
import { signalsOf } from '../domain/signals.ts';

interface FactParts<S extends Subject> {
  readonly subject: S;
  readonly object: ObjectRef;
  /** Told apart from other facts of the same object: the refused workload of a quota, the entry of a webhook configuration. */
  readonly part?: string;
  readonly doc: Readonly<Record<string, unknown>>;
  readonly texts?: readonly FactText[];
  readonly relations?: { readonly [role in Role<S> | 'self']?: ObjectRef | undefined };
  readonly groups?: { readonly [role in GroupRole<S>]?: readonly ObjectRef[] };
  readonly since?: string | null;
  /** By first segment of a document path: the field of `object` it was read from, or an origin elsewhere. */
  readonly origins?: Readonly<Record<string, string | Origin>>;
}

/** A fact about one object. A path without an origin of its own is cited under its own name. */
export function objectFact<S extends Subject>(parts: FactParts<S>): Fact {
  const texts = parts.texts ?? [];
  return {
    subject: parts.subject,
    id: `${parts.subject}:${refKey(parts.object)}${parts.part === undefined ? '' : `:${parts.part}`}`,
    object: parts.object,
    doc: parts.doc,
    texts,
    signals: signalsOf(parts.doc, texts),
    relations: { self: parts.object, ...parts.relations },
    ...(parts.groups === undefined ? {} : { groups: parts.groups as NonNullable<Fact['groups']> }),
    since: parts.since ?? null,
    origin: (path) => originOf(parts, path),
  };
}

function originOf(parts: Pick<FactParts<Subject>, 'origins' | 'object'>, path: string): Origin {
  const [head = '', ...rest] = path.split('.');
  const origin = parts.origins?.[head];
  if (origin === undefined) return { object: parts.object, fieldPath: path };
  return typeof origin === 'string' ? { object: parts.object, fieldPath: [origin, ...rest].join('.') } : origin;
}

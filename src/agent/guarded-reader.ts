import type { PagedReader } from '../cluster/paged-reader.ts';
import { redactingReader } from '../cluster/redacting-reader.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Redactor } from '../redact/redactor.ts';
import { type Allowed, refusalOf } from './allowed.ts';

/** A cluster of which only what is allowed can be read, and nothing with a secret in it. */
export function guardedReader(reader: PagedReader, allowed: Allowed, redactor: Redactor): PagedReader {
  const redacting = redactingReader(reader, redactor);
  const forbidden = <T>(kind: Kind, namespace: string | undefined, name?: string): Lookup<T> | undefined => {
    const needs = refusalOf(allowed, kind, namespace, name);
    return needs === undefined ? undefined : { status: 'forbidden', needs };
  };
  return {
    ...redacting,
    list: async (kind, options, signal) => forbidden(kind, options.namespace) ?? redacting.list(kind, options, signal),
    get: async (kind, namespace, name, signal) => forbidden(kind, namespace, name) ?? redacting.get(kind, namespace, name, signal),
    logs: async (options, signal) => forbidden('Pod', options.namespace) ?? redacting.logs(options, signal),
    page: async (kind, options, wish, signal) => {
      const refused = forbidden<never>(kind, options.namespace);
      if (refused !== undefined) return refused;
      const clean = redactor.alike();
      return reader.page(kind, options, { ...wish, each: (object) => wish.each(clean(object)) }, signal);
    },
  };
}

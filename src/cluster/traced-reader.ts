import { type Kind, resourceType } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import type { Attributes } from '../trace/finished-span.ts';
import { traced } from '../trace/span.ts';
import type { PagedReader } from './paged-reader.ts';
import type { ClusterReader } from './reader.ts';
import { wrappedReader } from './wrapped-reader.ts';

/** The same cluster, each read of it a span: what was looked at and how much came, never what was found there. */
export function tracedReader(reader: ClusterReader): ClusterReader {
  return wrappedReader(reader, {
    list: (kind, options, signal) =>
      tracedRead(
        'list',
        placeOf(kind, options.namespace),
        ({ items, bytes, truncated }) => ({ ...counts(items, truncated), 'sre_orch.bytes': bytes }),
        () => reader.list(kind, options, signal),
      ),
    get: (kind, namespace, name, signal) =>
      tracedRead('get', { ...placeOf(kind, namespace), [nameOf(kind)]: name }, nothing, () => reader.get(kind, namespace, name, signal)),
    logs: (options, signal) =>
      tracedRead(
        'logs',
        { ...placeOf('Pod', options.namespace), 'k8s.pod.name': options.pod, 'k8s.container.name': options.container },
        ({ text, truncated }) => ({ 'sre_orch.bytes': text.length, 'sre_orch.truncated': truncated }),
        () => reader.logs(options, signal),
      ),
  });
}

/** The same of a cluster that is read page by page. */
export function tracedPagedReader(reader: PagedReader): PagedReader {
  return {
    ...tracedReader(reader),
    page: (kind, options, wish, signal) =>
      tracedRead(
        'list',
        placeOf(kind, options.namespace),
        ({ items, token }) => counts(items, token !== undefined),
        () => reader.page(kind, options, wish, signal),
      ),
  };
}

type Counted<T> = (value: T) => Attributes;

function tracedRead<T>(verb: string, attributes: Attributes, counted: Counted<T>, read: () => Promise<Lookup<T>>): Promise<Lookup<T>> {
  return traced(
    `${verb} ${attributes['sre_orch.k8s.resource']}`,
    { kind: 'client', attributes: { 'sre_orch.k8s.verb': verb, ...attributes } },
    async (span) => {
      const lookup = await read();
      span.set({ 'sre_orch.lookup': lookup.status, ...(lookup.status === 'found' ? counted(lookup.value) : {}) });
      return lookup;
    },
  );
}

function placeOf(kind: Kind, namespace: string | undefined): Attributes {
  return { 'sre_orch.k8s.resource': resourceType(kind).plural, ...(namespace === undefined ? {} : { 'k8s.namespace.name': namespace }) };
}

/** As the semantic conventions name it (https://opentelemetry.io/docs/specs/semconv/registry/attributes/k8s/). */
function nameOf(kind: Kind): string {
  return `k8s.${kind.toLowerCase()}.name`;
}

function counts(items: readonly unknown[], truncated: boolean): Attributes {
  return { 'sre_orch.items': items.length, 'sre_orch.truncated': truncated };
}

function nothing(): Attributes {
  return {};
}

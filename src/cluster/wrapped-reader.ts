import type { ClusterReader } from './reader.ts';

/** A reader that answers as another does, but for what `over` answers itself. */
export function wrappedReader(reader: ClusterReader, over: Partial<ClusterReader>): ClusterReader {
  return {
    target: reader.target,
    defaultNamespace: reader.defaultNamespace,
    ...(reader.namespaces === undefined ? {} : { namespaces: reader.namespaces }),
    ...(reader.within === undefined ? {} : { within: reader.within }),
    ...(reader.handedOut === undefined ? {} : { handedOut: reader.handedOut }),
    ...(reader.problems === undefined ? {} : { problems: reader.problems }),
    ...(reader.secretKeys === undefined ? {} : { secretKeys: reader.secretKeys }),
    asOf: reader.asOf,
    get requests() {
      return reader.requests;
    },
    list: (kind, options, signal) => reader.list(kind, options, signal),
    get: (kind, namespace, name, signal) => reader.get(kind, namespace, name, signal),
    logs: (options, signal) => reader.logs(options, signal),
    attachment: (name, signal) => reader.attachment(name, signal),
    [Symbol.asyncDispose]: () => reader[Symbol.asyncDispose](),
    ...over,
  };
}

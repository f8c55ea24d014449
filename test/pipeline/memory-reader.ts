import type { ClusterReader } from '../../src/cluster/reader.ts';
import type { KubeObject } from '../../src/domain/kubernetes/object.ts';
import type { Kind } from '../../src/domain/kubernetes/resource-type.ts';
import type { Dependencies } from '../../src/pipeline/run.ts';
import { createRedactor } from '../../src/redact/redactor.ts';
import { compileRules } from '../../src/rules/rule-set.ts';
import { NO_KNOWLEDGE } from '../../src/topology/knowledge/knowledge-graph.ts';

const AS_OF = '2026-01-31T10:00:00.000Z';

/** A cluster in memory: what it holds of a kind, everything else listed and empty. */
export function memoryReader(objects: readonly KubeObject[] = [], more: Partial<ClusterReader> = {}): ClusterReader {
  const held = (kind: Kind, namespace: string | undefined): KubeObject[] =>
    objects.filter((object) => object.kind === kind && (namespace === undefined || object.metadata.namespace === namespace));
  return {
    target: { reader: 'live', cluster: 'memory', context: null, server_version: 'v1.34.4' },
    defaultNamespace: 'shop',
    asOf: AS_OF,
    requests: 0,
    async list<T extends KubeObject>(kind: Kind, { namespace }: { namespace?: string }, signal: AbortSignal) {
      signal.throwIfAborted();
      return { status: 'found', value: { items: held(kind, namespace) as T[], truncated: false, bytes: 0, problems: [] }, readAt: AS_OF } as const;
    },
    async get<T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string) {
      const found = held(kind, namespace).find(({ metadata }) => metadata.name === name);
      return found === undefined ? { status: 'not-found', readAt: AS_OF } : { status: 'found', value: found as T, readAt: AS_OF };
    },
    async logs() {
      return { status: 'not-found', readAt: AS_OF };
    },
    async attachment() {
      return undefined;
    },
    async [Symbol.asyncDispose]() {},
    ...more,
  };
}

export function dependencies(reader: ClusterReader = memoryReader()): Dependencies {
  return { reader, rules: compileRules([]), knowledge: NO_KNOWLEDGE, redactor: createRedactor(), now: () => new Date(AS_OF), engineVersion: '0.0.0' };
}

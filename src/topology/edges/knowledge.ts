import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Component, KnowledgeGraph } from '../knowledge/knowledge-graph.ts';
import type { Sites } from '../sites.ts';

/**
 * What stands for a component: the workloads and Services that match it, a host outside, or, where nothing was found, a node
 * of kind `Component` with its name, so that the written knowledge can be asked without a cluster.
 */
export function objectsOf(component: Component, { inventory, sites }: Pick<Sites, 'inventory' | 'sites'>): ObjectRef[] {
  const { namespace, workload, service, host } = component.match ?? {};
  const anyName = component.match === undefined || (workload === undefined && service === undefined && host === undefined);
  const inside = (candidate: { namespace?: string | undefined; name: string }, wanted: string | undefined): boolean =>
    candidate.name === (anyName ? component.name : wanted) && (namespace === undefined || candidate.namespace === namespace);
  const found = [
    ...sites.filter(({ ref }) => inside(ref, workload)).map(({ ref }) => ref),
    ...inventory
      .list('Service')
      .filter(({ metadata }) => inside(metadata, service))
      .map(({ metadata }) => objectRef('Service', metadata.namespace, metadata.name)),
    ...(host === undefined ? [] : [objectRef('External', undefined, host.toLowerCase())]),
  ];
  return found.length > 0 ? found : [objectRef('Component', undefined, component.name)];
}

/** `depends-on` between all that stands for the two ends. A dependency is on the workload and the Service alike. */
export function knowledgeEdges(knowledge: KnowledgeGraph, sites: Sites, graph: GraphBuilder): void {
  const objects = new Map(knowledge.components.map((component) => [component.name, objectsOf(component, sites)]));
  for (const refs of objects.values()) for (const ref of refs) graph.node(ref);
  for (const { from, to } of knowledge.relationships) {
    // A Service depends on nothing: its workload does.
    const ends = (objects.get(from) ?? []).filter((ref, _, all) => ref.kind !== 'Service' || all.every(({ kind }) => kind === 'Service'));
    for (const end of ends) {
      for (const target of objects.get(to) ?? []) {
        const cite = () => ({
          source: 'knowledge-graph' as const,
          object: end,
          field_path: null,
          excerpt: `${from} depends_on ${to}${knowledge.file === '' ? '' : ` (${knowledge.file})`}`,
        });
        graph.edge({ from: end, to: target, type: 'depends-on', origin: 'knowledge-graph', cite });
      }
    }
  }
}

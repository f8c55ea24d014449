import type { Inventory } from '../domain/inventory.ts';
import { HostResolver } from './addresses/host-resolver.ts';
import { gatewayEdges, producerEdges } from './edges/add-ons.ts';
import { configuredCallEdges, loggedCallEdges, recordedCallEdges } from './edges/calls.ts';
import { clusterComponentEdges } from './edges/cluster-components.ts';
import { deliveryEdges } from './edges/delivery.ts';
import { dnsEdges } from './edges/dns.ts';
import { experimentEdges } from './edges/experiments.ts';
import { helmEdges } from './edges/helm.ts';
import { knowledgeEdges } from './edges/knowledge.ts';
import { operatorEdges } from './edges/operators.ts';
import { ownershipEdges } from './edges/ownership.ts';
import { podNeedEdges } from './edges/pod-needs.ts';
import { admissionEdges, controllerEdges, networkPolicyEdges } from './edges/policies.ts';
import { ingressEdges, serviceEdges } from './edges/services.ts';
import { storageEdges } from './edges/storage.ts';
import type { Graph } from './graph.ts';
import { GraphBuilder } from './indexed-graph.ts';
import type { KnowledgeGraph } from './knowledge/knowledge-graph.ts';
import { readSites } from './sites.ts';

/**
 * Everything that is known of who needs whom: what objects say, what names and logs give away, what was recorded, and what
 * people wrote down. Of two equal edges the first is kept, so the surest source comes first.
 */
export function buildGraph(inventory: Inventory, knowledge: KnowledgeGraph): Graph {
  const sites = readSites(inventory);
  const resolver = new HostResolver(inventory, sites.owners);
  const graph = new GraphBuilder();
  ownershipEdges(sites, graph);
  podNeedEdges(sites, graph);
  serviceEdges(sites, resolver, graph);
  ingressEdges(sites, graph);
  storageEdges(sites, graph);
  producerEdges(sites, graph);
  gatewayEdges(sites, graph);
  operatorEdges(sites, graph);
  deliveryEdges(sites, graph);
  helmEdges(sites, graph);
  admissionEdges(sites, graph);
  networkPolicyEdges(sites, graph);
  experimentEdges(sites, graph);
  controllerEdges(sites, graph);
  configuredCallEdges(sites, resolver, graph);
  recordedCallEdges(sites, graph);
  loggedCallEdges(sites, resolver, graph);
  knowledgeEdges(knowledge, sites, graph);
  dnsEdges(sites, graph);
  clusterComponentEdges(sites, graph);
  return graph.build(sites.owners);
}

import { matchesLabels } from '../../domain/kubernetes/label-selector.ts';
import type { NetworkPolicy } from '../../domain/kubernetes/network.ts';
import { type KubeObject, refOf } from '../../domain/kubernetes/object.ts';
import type { HorizontalPodAutoscaler, PodDisruptionBudget, WebhookConfiguration } from '../../domain/kubernetes/policy.ts';
import { type ObjectRef, objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** What a workload's pods must pass to be created: quotas and limit ranges of the namespace, webhooks that see pods. */
export function admissionEdges({ inventory, sites }: Sites, graph: GraphBuilder): void {
  const byNamespace = new Map<string, ObjectRef[]>();
  for (const kind of ['ResourceQuota', 'LimitRange'] as const) {
    for (const object of inventory.list(kind)) {
      const { namespace = '' } = object.metadata;
      byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), refOf(object)]);
    }
  }
  for (const site of sites) {
    for (const to of byNamespace.get(site.namespace) ?? []) {
      graph.edge({ from: site.ref, to, type: 'admitted-by', origin: 'object', cite: field(to, 'metadata.namespace', site.namespace) });
    }
  }
  for (const kind of ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'] as const) {
    for (const configuration of inventory.list<WebhookConfiguration>(kind)) webhookEdges(configuration, { inventory, sites }, graph);
  }
}

function webhookEdges(configuration: WebhookConfiguration, { inventory, sites }: Pick<Sites, 'inventory' | 'sites'>, graph: GraphBuilder): void {
  const self = refOf(configuration);
  graph.node(self);
  for (const webhook of configuration.webhooks ?? []) {
    const service = webhook.clientConfig?.service;
    if (service) {
      const to = objectRef('Service', service.namespace, service.name);
      const path = `webhooks[name=${webhook.name}].clientConfig.service`;
      graph.edge({ from: self, to, type: 'calls', origin: 'object', cite: field(self, path, `${service.namespace}/${service.name}`) });
    }
    const seesPods = (webhook.rules ?? []).some(({ resources = [] }) => resources.some((resource) => ['pods', '*', '*/*', 'pods/*'].includes(resource)));
    if (!seesPods) continue;
    const covered = new Map<string, boolean>();
    for (const site of sites) {
      const inside =
        covered.get(site.namespace) ?? selectsNamespace(webhook.namespaceSelector, site.namespace, inventory.lookup('Namespace', undefined, site.namespace));
      covered.set(site.namespace, inside);
      if (!inside) continue;
      graph.edge({
        from: site.ref,
        to: self,
        type: 'admitted-by',
        origin: 'object',
        cite: field(self, `webhooks[name=${webhook.name}].rules`, 'applies to pods'),
      });
    }
  }
}

type Lookup = ReturnType<Sites['inventory']['lookup']>;

/** A namespace that could not be read counts as selected only by a selector that selects all. */
function selectsNamespace(selector: Parameters<typeof matchesLabels>[0], name: string, lookup: Lookup): boolean {
  if (selector === undefined) return true;
  const labels = lookup.status === 'found' ? (lookup.value as KubeObject).metadata.labels : undefined;
  return matchesLabels(selector, { 'kubernetes.io/metadata.name': name, ...labels });
}

/** Workloads to the NetworkPolicies that select their pods. */
export function networkPolicyEdges({ inventory, workloads }: Sites, graph: GraphBuilder): void {
  for (const policy of inventory.list<NetworkPolicy>('NetworkPolicy')) {
    const self = refOf(policy);
    graph.node(self);
    for (const workload of workloads.matching(policy.metadata.namespace, policy.spec?.podSelector ?? {})) {
      const cite = field(self, 'spec.podSelector', JSON.stringify(policy.spec?.podSelector ?? {}));
      graph.edge({ from: workload, to: self, type: 'restricted-by', origin: 'object', cite });
    }
  }
}

/** Autoscalers to what they scale and to the metrics they scale by; disruption budgets to what they guard. */
export function controllerEdges({ inventory, workloads }: Sites, graph: GraphBuilder): void {
  for (const autoscaler of inventory.list<HorizontalPodAutoscaler>('HorizontalPodAutoscaler')) {
    const self = refOf(autoscaler);
    const target = autoscaler.spec?.scaleTargetRef;
    if (target) {
      const to = objectRef(target.kind, autoscaler.metadata.namespace, target.name);
      graph.edge({ from: self, to, type: 'scales', origin: 'object', cite: field(self, 'spec.scaleTargetRef', `${target.kind} ${target.name}`) });
    }
    const metrics = objectRef('APIService', undefined, 'v1beta1.metrics.k8s.io');
    if (inventory.lookup('APIService', undefined, metrics.name).status === 'found') {
      graph.edge({ from: self, to: metrics, type: 'uses', origin: 'object', cite: field(self, 'spec.metrics', 'scales by resource metrics') });
    }
  }
  for (const api of inventory.list<KubeObject & { spec?: { service?: { namespace: string; name: string } } }>('APIService')) {
    const { service } = api.spec ?? {};
    if (!service) continue;
    const to = objectRef('Service', service.namespace, service.name);
    graph.edge({ from: refOf(api), to, type: 'calls', origin: 'object', cite: field(refOf(api), 'spec.service', `${service.namespace}/${service.name}`) });
  }
  for (const budget of inventory.list<PodDisruptionBudget>('PodDisruptionBudget')) {
    const self = refOf(budget);
    graph.node(self);
    for (const to of workloads.matching(budget.metadata.namespace, budget.spec?.selector)) {
      graph.edge({ from: self, to, type: 'selects', origin: 'object', cite: field(self, 'spec.selector', JSON.stringify(budget.spec?.selector)) });
    }
  }
}

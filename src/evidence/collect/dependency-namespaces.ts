import type { Inventory } from '../../domain/inventory.ts';
import type { KubeEvent } from '../../domain/kubernetes/event.ts';
import type { Service } from '../../domain/kubernetes/network.ts';
import type { Node } from '../../domain/kubernetes/node.ts';
import type { ContainerSpec, Pod, PodSpec } from '../../domain/kubernetes/pod.ts';
import type { ApiService, ConfigMap } from '../../domain/kubernetes/policy.ts';
import { podTemplateOf, type Workload } from '../../domain/kubernetes/workload.ts';
import type { LogEndpoint } from '../../domain/log-excerpt.ts';
import type { Scope } from '../../domain/report.ts';
import { controlPlaneSilent, SYSTEM_NAMESPACE } from './kinds.ts';

export interface DependencyNamespace {
  readonly namespace: string;
  readonly reason: string;
}

const MAX_NAMESPACES = 3;
/** service.namespace, with or without the cluster's suffix: the second label is asked for among the namespaces that exist. */
const QUALIFIED = /(?<![\w.-])([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)\.([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?=\.svc\b|:\d|\/|[\s"',;)]|$)/g;

/** Other namespaces that what was read depends on, the surest first. */
export function dependencyNamespaces(inventory: Inventory, scope: Scope): DependencyNamespace[] {
  if (scope.namespaces.length === 0) return [];
  const reasons = new Map<string, string>();
  const note = (namespace: string | undefined, reason: string): void => {
    if (namespace === undefined || reasons.has(namespace) || inventory.covers('Pod', namespace)) return;
    if (inventory.covers('Namespace') && inventory.lookup('Namespace', undefined, namespace).status !== 'found') return;
    reasons.set(namespace, reason);
  };
  for (const host of failedHosts(inventory, scope)) for (const namespace of namespacesIn(host, inventory)) note(namespace, `logs name ${host}`);
  for (const { metadata, host } of servicesAt(failedHosts(inventory, scope), inventory))
    note(metadata.namespace, `logs name ${host}, its Service ${metadata.name}`);
  const system = systemReason(inventory, scope);
  if (system !== undefined) note(SYSTEM_NAMESPACE, system);
  for (const namespace of webhookNamespaces(inventory)) note(namespace, 'a webhook that fails is served there');
  for (const text of configuredTexts(inventory, scope))
    for (const namespace of namespacesIn(text, inventory)) note(namespace, 'configuration names a host there');
  return [...reasons].slice(0, MAX_NAMESPACES).map(([namespace, reason]) => ({ namespace, reason }));
}

function namespacesIn(text: string, inventory: Inventory): string[] {
  const known = inventory.covers('Namespace');
  return [...text.matchAll(QUALIFIED)].flatMap(([whole, , namespace = '']) => {
    const cluster = text.includes(`${whole}.svc`);
    return cluster || (known && inventory.lookup('Namespace', undefined, namespace).status === 'found') ? [namespace] : [];
  });
}

/** Events that tell of what a node's network or storage agents should have done. */
const OF_NODE_AGENTS: ReadonlySet<string> = new Set(['FailedCreatePodSandBox', 'NetworkNotReady', 'ExternalProvisioning', 'FailedAttachVolume']);
const UNREACHED: ReadonlySet<string> = new Set(['timeout', 'unreachable']);

/** Connections that failed, as logs tell of them. */
function failedCallsIn(inventory: Inventory, scope: Scope): LogEndpoint[] {
  return podsOf(inventory, scope).flatMap((pod) => logsOf(inventory, pod).flatMap(({ endpoints }) => endpoints.filter(({ recovered }) => !recovered)));
}

/** Hosts of connections that failed, as logs name them. */
function failedHosts(inventory: Inventory, scope: Scope): string[] {
  return failedCallsIn(inventory, scope).map(({ host }) => host);
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** True when logs name an address that could be that of a Service somewhere else: clients that resolve names by themselves write no others. */
export function namesStrangeAddress(inventory: Inventory, scope: Scope): boolean {
  const strange = failedHosts(inventory, scope).filter((host) => IPV4.test(host) && !host.startsWith('127.'));
  if (strange.length === 0) return false;
  const known = new Set([
    ...inventory.list<Pod>('Pod').flatMap(({ status }) => status?.podIP ?? []),
    ...inventory.list<Node>('Node').flatMap(({ status }) => (status?.addresses ?? []).map(({ address }) => address)),
    ...inventory.list<Service>('Service').flatMap(addressesOf),
  ]);
  return strange.some((host) => !known.has(host));
}

function servicesAt(hosts: readonly string[], inventory: Inventory): (Service & { readonly host: string })[] {
  const wanted = new Set(hosts.filter((host) => IPV4.test(host)));
  if (wanted.size === 0) return [];
  return inventory.list<Service>('Service').flatMap((service) => {
    const host = addressesOf(service).find((address) => wanted.has(address));
    return host === undefined ? [] : [{ ...service, host }];
  });
}

function addressesOf({ spec }: Service): readonly string[] {
  return spec?.clusterIPs ?? (spec?.clusterIP === undefined ? [] : [spec.clusterIP]);
}

/** Why the cluster's own services are worth a look. */
function systemReason(inventory: Inventory, scope: Scope): string | undefined {
  if (failedCallsIn(inventory, scope).some(({ error }) => error === 'unresolvable')) return 'a name could not be resolved';
  if (controlPlaneSilent(inventory)) return 'a part of the control plane says nothing';
  if (inventory.list<KubeEvent>('Event').some(({ reason }) => reason !== undefined && OF_NODE_AGENTS.has(reason))) return 'an agent of a node fails';
  const unreached = failedCallsIn(inventory, scope).some(({ error }) => error !== undefined && UNREACHED.has(error));
  if (unreached) return 'a host cannot be reached';
  const api = inventory
    .list<ApiService>('APIService')
    .find(
      ({ spec, status }) => spec?.service !== undefined && status?.conditions?.some(({ type, status: value }) => type === 'Available' && value === 'False'),
    );
  return api === undefined ? undefined : `${api.metadata.name} is not available`;
}

/** As an event says it, or the condition that outlives the event. */
function webhookNamespaces(inventory: Inventory): string[] {
  const events = inventory.list<KubeEvent>('Event').map(({ message }) => message);
  const conditions = inventory.list<Workload>('ReplicaSet').flatMap(({ status }) => (status?.conditions ?? []).map(({ message }) => message));
  return [...events, ...conditions].flatMap((message = '') => {
    const match = /failed calling webhook .*https?:\/\/[a-z0-9-]+\.([a-z0-9-]+)\.svc/.exec(message);
    return match?.[1] === undefined ? [] : [match[1]];
  });
}

function* configuredTexts(inventory: Inventory, scope: Scope): Iterable<string> {
  for (const namespace of scope.namespaces) {
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'] as const) {
      for (const workload of inventory.list<Workload>(kind, namespace)) yield* specTexts(podTemplateOf(workload)?.spec);
    }
    for (const { data } of inventory.list<ConfigMap>('ConfigMap', namespace)) yield* Object.values(data ?? {});
    for (const { spec } of inventory.list<Service>('Service', namespace)) if (spec?.externalName !== undefined) yield spec.externalName;
  }
}

function* specTexts(spec: PodSpec | undefined): Iterable<string> {
  const containers: readonly ContainerSpec[] = [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])];
  for (const { env, command, args } of containers) {
    for (const { value } of env ?? []) if (value !== undefined) yield value;
    yield* [...(command ?? []), ...(args ?? [])];
  }
}

function podsOf(inventory: Inventory, scope: Scope): Pod[] {
  return scope.namespaces.flatMap((namespace) => inventory.list<Pod>('Pod', namespace));
}

function logsOf(inventory: Inventory, { metadata, spec }: Pod) {
  return [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])].flatMap(({ name }) => inventory.logsOf(metadata.namespace ?? '', metadata.name, name));
}

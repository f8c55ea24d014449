import type { EvidenceDraft } from '../domain/evidence.ts';
import { type EndpointSlice, type Endpoints, SERVICE_NAME_LABEL, type Service } from '../domain/kubernetes/network.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { LogEndpoint, LogExcerpt } from '../domain/log-excerpt.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import { type ConfiguredAddress, configuredAddresses } from '../topology/addresses/configured-addresses.ts';
import { HostResolver, type Resolution } from '../topology/addresses/host-resolver.ts';
import { calledEndpoints } from '../topology/addresses/logged-endpoints.ts';
import { LabelIndex } from '../topology/label-index.ts';
import { readSites, type Site, type Sites } from '../topology/sites.ts';
import type { FactContext } from './context.ts';
import { askedByName } from './headless-calls.ts';
import { hiddenCalls } from './hidden-stores.ts';
import { cameUpSince, readySince } from './late-target.ts';
import { formerHolder, podNetwork } from './pod-network.ts';
import { probeCalls } from './probe-calls.ts';

/** A pod that runs or should: neither finished nor on its way out. */
export interface LivePod {
  readonly pod: Pod;
  readonly owner: ObjectRef;
  readonly ready: boolean;
}

/** Where words were heard, ready to be cited: a line of a log, or the event of a probe whose command printed them. */
export interface Said {
  readonly source: 'log' | 'event';
  readonly at: string | null;
  readonly evidence: EvidenceDraft;
}

/** An error line that names a host, with the one who wrote it and what the host is. */
export interface FailedCall {
  readonly caller: ObjectRef;
  readonly pod: ObjectRef;
  readonly container: string;
  readonly endpoint: LogEndpoint;
  readonly said: Said;
  readonly target: Resolution;
  /** Nothing says that it works again, and it was said lately. */
  readonly ongoing: boolean;
  /** The pod that says so is ready all the same. */
  readonly callerReady: boolean;
  /** The line names no host, and no setting that can be read does. */
  readonly hidden: boolean;
}

export interface EndpointCount {
  readonly known: boolean;
  readonly ready: number;
  readonly notReady: number;
  readonly object: ObjectRef;
  readonly path: string;
  /** Said where there is no object to quote. */
  readonly excerpt?: string;
}

/** What facts about networking look at together. Built once a run. */
export interface Network {
  readonly sites: Sites;
  readonly resolver: HostResolver;
  readonly pods: LabelIndex<LivePod>;
  readonly failedCalls: readonly FailedCall[];
  failedCallsOf(caller: ObjectRef): readonly FailedCall[];
  livePodsOf(workload: ObjectRef): readonly LivePod[];
  addressesOf(site: Site): readonly ConfiguredAddress[];
  endpointsOf(service: Service): EndpointCount;
  services(namespace: string): readonly Service[];
}

const networks = new WeakMap<FactContext, Network>();

export function networkOf(context: FactContext): Network {
  const known = networks.get(context);
  if (known) return known;
  const network = readNetwork(context);
  networks.set(context, network);
  return network;
}

function readNetwork(context: FactContext): Network {
  const { inventory } = context;
  const sites = readSites(inventory);
  const resolver = new HostResolver(inventory, sites.owners);
  const pods = new LabelIndex<LivePod>();
  const byOwner = new Map<string, LivePod[]>();
  for (const { pod, owner } of sites.owners.pods) {
    if (pod.metadata.deletionTimestamp !== undefined || ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '')) continue;
    const live = { pod, owner, ready: isReady(pod) };
    pods.add(pod.metadata.namespace, pod.metadata.labels, live);
    byOwner.set(refKey(owner), [...(byOwner.get(refKey(owner)) ?? []), live]);
  }
  const addresses = new Map<Site, readonly ConfiguredAddress[]>();
  const addressesOf = (site: Site): readonly ConfiguredAddress[] => {
    const known = addresses.get(site) ?? configuredAddresses(site, inventory);
    addresses.set(site, known);
    return known;
  };
  const heard = failedCalls(context, { sites, resolver, addressesOf });
  const failed = heard.map((call) => (call.ongoing && call.callerReady && cameUpSince(call, pods) ? { ...call, ongoing: false } : call));
  const services = Map.groupBy(inventory.list<Service>('Service'), ({ metadata }) => metadata.namespace ?? '');
  const byCaller = Map.groupBy(failed, ({ caller }) => refKey(caller));
  const slices = Map.groupBy(
    inventory.list<EndpointSlice>('EndpointSlice'),
    ({ metadata }) => `${metadata.namespace}/${metadata.labels?.[SERVICE_NAME_LABEL]}`,
  );
  return {
    sites,
    resolver,
    pods,
    failedCalls: failed,
    failedCallsOf: (caller) => byCaller.get(refKey(caller)) ?? [],
    livePodsOf: (workload) => byOwner.get(refKey(workload)) ?? [],
    addressesOf,
    services: (namespace) => services.get(namespace) ?? [],
    endpointsOf: (service) => endpointsOf(context, service, slices.get(`${service.metadata.namespace}/${service.metadata.name}`) ?? []),
  };
}

function isReady(pod: Pod): boolean {
  return pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
}

function endpointsOf({ inventory }: FactContext, service: Service, slices: readonly EndpointSlice[]): EndpointCount {
  const { namespace, name } = service.metadata;
  const [slice] = slices;
  if (slice !== undefined || inventory.covers('EndpointSlice', namespace)) {
    const all = slices.flatMap(({ endpoints }) => endpoints ?? []);
    // An unset condition counts as ready (discovery/v1 EndpointConditions).
    const ready = all.filter(({ conditions }) => conditions?.ready ?? true).length;
    const counted = { known: true, ready, notReady: all.length - ready, path: 'endpoints' };
    if (slice === undefined) return { ...counted, object: objectRef('Service', namespace, name), excerpt: `Service ${name} has no EndpointSlice` };
    return { ...counted, object: objectRef('EndpointSlice', namespace, slice.metadata.name) };
  }
  const lookup = inventory.lookup<Endpoints>('Endpoints', namespace, name);
  const subsets = lookup.status === 'found' ? (lookup.value.subsets ?? []) : [];
  const count = (list: 'addresses' | 'notReadyAddresses'): number => subsets.reduce((sum, subset) => sum + (subset[list]?.length ?? 0), 0);
  const known = lookup.status === 'found' || lookup.status === 'not-found';
  return { known, ready: count('addresses'), notReady: count('notReadyAddresses'), object: objectRef('Endpoints', namespace, name), path: 'subsets' };
}

/** Error lines of this long ago still speak of now. */
const RECENT_S = 600;

function failedCalls(context: FactContext, { sites, resolver, addressesOf }: Pick<Network, 'sites' | 'resolver' | 'addressesOf'>): FailedCall[] {
  const isPodAddress = podNetwork(context.inventory, sites);
  return sites.owners.pods.flatMap(({ pod, ref, owner }) => {
    const site = sites.siteOf(owner);
    const from = { caller: owner, pod: ref, callerReady: isReady(pod) };
    const hidden = site ? hiddenCalls(context, { sites, resolver, addressesOf }, { pod, caller: site, ready: from.callerReady }) : [];
    const named = [...loggedCalls(context, pod, ref), ...probedCalls(context, pod)].flatMap((call): FailedCall[] => {
      const heard = { target: resolver.resolve(call.endpoint.host, pod.metadata.namespace ?? ''), endpoint: call.endpoint };
      const asked = site ? askedByName(heard, { caller: site, addresses: addressesOf(site), resolver, sites }) : heard;
      if (asked.target.kind === 'self') return loopback(call, site).map((kept) => ({ ...kept, ...from, hidden: false }));
      if (asked.target.kind !== 'external' || !isPodAddress(asked.endpoint.host)) return [{ ...call, ...asked, ...from, hidden: false }];
      const target = formerHolder(asked.endpoint.port, owner, sites);
      return target === undefined ? [] : [{ ...call, ...asked, target, ...from, hidden: false }];
    });
    return [...named, ...hidden.map((call) => ({ ...call, ...from }))];
  });
}

/** Nothing of the pod is known to listen there: its own address was given, or fallen back to, in place of another's. */
function loopback(call: HeardCall, site: Site | undefined): Omit<FailedCall, 'caller' | 'pod' | 'callerReady' | 'hidden'>[] {
  const { port, error, host } = call.endpoint;
  const containers = [...(site?.spec.containers ?? []), ...(site?.spec.initContainers ?? [])];
  const listens = containers.length !== 1 || containers.some(({ ports = [] }) => ports.some(({ containerPort }) => containerPort === port));
  if ((error !== 'refused' && error !== 'unavailable') || port === null || listens) return [];
  return [{ ...call, target: { kind: 'loopback', ref: objectRef('External', undefined, host) } }];
}

type HeardCall = Omit<FailedCall, 'caller' | 'pod' | 'callerReady' | 'target' | 'hidden'>;

function loggedCalls(context: FactContext, pod: Pod, ref: ObjectRef): HeardCall[] {
  const { namespace = '', name } = pod.metadata;
  const containers = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  return containers.flatMap(({ name: container }) =>
    context.inventory.logsOf(namespace, name, container).flatMap((log) =>
      calledEndpoints(log).map((endpoint) => ({
        container,
        endpoint,
        said: inLog(log, endpoint, ref),
        ongoing: isOngoing(context, { pod, container, log, endpoint }),
      })),
    ),
  );
}

/** What a probe's command says counts while the pod is not ready for it. */
function probedCalls(context: FactContext, pod: Pod): HeardCall[] {
  if (isReady(pod) || pod.status?.phase !== 'Running') return [];
  return probeCalls(context, pod).map((call) => ({ ...call, ongoing: true }));
}

function inLog(log: LogExcerpt, { lastLine, example }: LogEndpoint, pod: ObjectRef): Said {
  const at = [...log.errors, ...log.tail].find(({ number }) => number === lastLine)?.at ?? null;
  const field_path = log.previous ? 'previous log' : null;
  return { source: 'log', at, evidence: { source: 'log', object: pod, field_path, container: log.container, excerpt: example, observed_at: at } };
}

interface Line {
  readonly pod: Pod;
  readonly container: string;
  readonly log: LogExcerpt;
  readonly endpoint: LogEndpoint;
}

/**
 * In a container in trouble every unrecovered error counts; in a healthy one only what stands near the end of the log, or is
 * recent and came after the pod got ready: what failed before was overcome.
 */
function isOngoing(context: FactContext, { pod, container, log, endpoint }: Line): boolean {
  if (endpoint.recovered || pod.status?.phase === 'Succeeded') return false;
  const status = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])].find(({ name }) => name === container);
  const { state, ready } = status ?? {};
  const inTrouble = ready === false && !(state?.terminated?.exitCode === 0);
  if (inTrouble) return true;
  if (log.previous) return false;
  const at = [...log.errors, ...log.tail].find(({ number }) => number === endpoint.lastLine)?.at;
  const age = at === undefined ? Number.NaN : (context.now - Date.parse(at)) / 1000;
  if (at !== undefined && Date.parse(at) < readySince(pod)) return false;
  return Number.isNaN(age) ? endpoint.lastLine * 2 > log.lines : age <= RECENT_S;
}

import { connectionError } from '../domain/connection-error.ts';
import { endpointIn } from '../domain/endpoint-in.ts';
import type { FactText } from '../domain/fact.ts';
import type { Pod } from '../domain/kubernetes/pod.ts';
import type { LogEndpoint, LogExcerpt } from '../domain/log-excerpt.ts';
import { type ObjectRef, objectRef, refKey } from '../domain/object-ref.ts';
import { quotesStore } from '../domain/store-answers.ts';
import type { Resolution } from '../topology/addresses/host-resolver.ts';
import { technologyOf } from '../topology/knowledge/technology.ts';
import type { Site } from '../topology/sites.ts';
import { logTexts } from './container-log.ts';
import type { FactContext } from './context.ts';
import { type Dialect, dialectOf, storeUnreached } from './dependency-stores.ts';
import { sinceAnswer } from './log-since-answer.ts';
import type { FailedCall, Network } from './network.ts';

type Places = Pick<Network, 'sites' | 'resolver' | 'addressesOf'>;
type Target = Exclude<Resolution, { kind: 'self' }>;

/** A store that somebody complains of without naming it. */
interface Placed {
  readonly host: string;
  readonly port: number | null;
  readonly target: Target;
  /** No setting that can be read says so. */
  readonly hidden: boolean;
}

/** Drivers that say only that they get no connection: the store is the one that the workload is configured with or known to use. */
export function hiddenCalls(
  context: FactContext,
  places: Places,
  { pod, caller, ready }: { pod: Pod; caller: Site; ready: boolean },
): Omit<FailedCall, 'pod' | 'caller' | 'callerReady'>[] {
  const { namespace = '', name } = pod.metadata;
  return (pod.spec?.containers ?? []).flatMap(({ name: container }) => {
    const logs = context.inventory.logsOf(namespace, name, container);
    const complaints = (among: readonly LogExcerpt[]): FactText[] =>
      logTexts(context, among, !ready).filter(({ text }) => storeUnreached(text) && namesNoHost(text));
    return [...Map.groupBy(complaints(logs), ({ text }) => dialectOf(text)).keys()].flatMap((dialect) => {
      const placed = dialect && placeStore(context, places, caller, dialect);
      if (placed === undefined) return [];
      const isAnswer = (text: string): boolean => quotesStore(text, placed.port) && (placed.port !== null || dialectOf(text) === dialect);
      const said = complaints(sinceAnswer(logs, isAnswer)).filter(({ text }) => dialectOf(text) === dialect);
      const call = callOf(placed, said);
      return call ? [{ ...call, container }] : [];
    });
  });
}

function namesNoHost(text: string): boolean {
  return text.split('\n').every((line) => endpointIn(line) === undefined);
}

function callOf(
  { host, port, target, hidden }: Placed,
  said: readonly FactText[],
): Omit<FailedCall, 'pod' | 'caller' | 'callerReady' | 'container'> | undefined {
  const loudest = said.find(({ text, evidence }) => evidence && errorIn(text) !== undefined) ?? said.find(({ evidence }) => evidence);
  if (loudest?.evidence === undefined) return undefined;
  const error = errorIn(loudest.text) ?? 'unreachable';
  const count = Math.max(...said.map((one) => one.count ?? 1));
  const endpoint: LogEndpoint = { host, port, error, count, lastLine: 0, example: loudest.evidence.excerpt, recovered: false };
  return { endpoint, target, hidden, ongoing: said.some(({ stale }) => !stale), said: { source: 'log', at: loudest.at ?? null, evidence: loudest.evidence } };
}

/** How the connection failed, by the innermost line that says so. */
function errorIn(text: string): LogEndpoint['error'] | undefined {
  for (const line of text.split('\n').reverse()) {
    const error = connectionError(line);
    if (error !== undefined && error !== 'unavailable') return error;
  }
  return undefined;
}

/** The one store of that sort: of the workload's own settings, else of what it is known to use, else of its namespace. */
export function placeStore(context: FactContext, places: Places, caller: Site, dialect: Dialect): Placed | undefined {
  return only(configured(context, places, caller, dialect)) ?? only(used(context, places, caller, dialect)) ?? only(beside(context, places, caller, dialect));
}

/** By the addresses that can be read in the workload's settings. */
function configured({ knowledge }: FactContext, { sites, resolver, addressesOf }: Places, caller: Site, dialect: Dialect): Placed[] {
  return addressesOf(caller).flatMap(({ host, port, scheme, sure }) => {
    const target = resolver.resolve(host, caller.namespace);
    if (target.kind === 'self' || (!sure && target.kind !== 'service')) return [];
    const workload = target.kind === 'service' ? sites.workloads.selected(target.service.metadata.namespace, target.service.spec?.selector)[0] : undefined;
    const technology = technologyOf(knowledge, { scheme, images: imagesAt(sites, workload), port, name: target.ref.name });
    return technology !== undefined && dialect.technologies.test(technology.name) ? [{ host, port, target, hidden: false }] : [];
  });
}

/** By recorded calls and by the knowledge graph. */
function used(context: FactContext, places: Places, caller: Site, dialect: Dialect): Placed[] {
  const { sites } = places;
  return context.graph.needs(caller.ref).flatMap(({ type, to }): Placed[] => {
    if (type !== 'calls' && type !== 'depends-on') return [];
    const service = to.kind === 'Service' ? places.resolver.resolve(to.name, to.namespace ?? caller.namespace) : undefined;
    const workload = service?.kind === 'service' ? sites.workloads.selected(service.service.metadata.namespace, service.service.spec?.selector)[0] : to;
    return workload !== undefined && isOf(context, sites, workload, dialect) ? [standsFor(workload)] : [];
  });
}

function beside(context: FactContext, { sites }: Places, caller: Site, dialect: Dialect): Placed[] {
  return sites.sites.flatMap(({ ref, namespace }) => (namespace === caller.namespace && isOf(context, sites, ref, dialect) ? [standsFor(ref)] : []));
}

function isOf({ knowledge }: FactContext, sites: Places['sites'], workload: ObjectRef, { technologies }: Dialect): boolean {
  const technology = technologyOf(knowledge, { images: imagesAt(sites, workload) });
  return technology !== undefined && technologies.test(technology.name);
}

function imagesAt(sites: Places['sites'], workload: ObjectRef | undefined): string[] {
  return (workload && sites.siteOf(workload)?.spec.containers.flatMap(({ image }) => image ?? [])) ?? [];
}

function standsFor(workload: ObjectRef): Placed {
  return { host: workload.name, port: null, target: { kind: 'workload', ref: objectRef(workload.kind, workload.namespace, workload.name) }, hidden: true };
}

function only(placed: readonly Placed[]): Placed | undefined {
  const distinct = [...new Map(placed.map((one) => [refKey(one.target.ref), one])).values()];
  return distinct.length === 1 ? distinct[0] : undefined;
}

import type { Service } from '../domain/kubernetes/network.ts';
import { sameObject } from '../domain/object-ref.ts';
import type { Dependency } from './dependency-calls.ts';
import type { Network } from './network.ts';

/** The Service that a setting is about although its address leads elsewhere, and what says so. */
export interface Meant {
  readonly service: string;
  /** How many other workloads of the namespace have this Service in a setting of the same name; 0: the setting's own name says it. */
  readonly others: number;
  /** No workload of the namespace has the Service's address. */
  readonly idle: boolean;
}

/** Fewer than two others may well have stores of their own. */
const AGREEING = 2;

/** What was meant, where the setting's address is not that; undefined where nothing says. */
export function meantService(network: Network, dependency: Dependency): Meant | undefined {
  const { address, caller, target } = dependency;
  if (address === undefined || !address.sure || address.how === 'command') return undefined;
  const meant = byOthers(network, dependency) ?? byName(network, dependency);
  if (meant === undefined) return undefined;
  const isThat = target.kind === 'service' && target.service.metadata.name === meant.service && target.service.metadata.namespace === caller.namespace;
  return isThat ? undefined : meant;
}

/** All others that have a setting of this name have the same Service there. */
function byOthers(network: Network, { address, caller }: Dependency): Meant | undefined {
  const services = namesakes(network, caller.namespace, address?.name ?? '').flatMap(({ owner, service }) => (sameObject(owner, caller.ref) ? [] : [service]));
  const [service] = services;
  const agree = service !== undefined && services.length >= AGREEING && services.every((other) => other === service);
  return agree ? { service, others: services.length, idle: false } : undefined;
}

type Namesake = { readonly owner: Dependency['caller']['ref']; readonly service: string };

interface SettingIndex {
  /** By namespace and name of the setting. */
  readonly settings: ReadonlyMap<string, readonly Namesake[]>;
  /** Services, by namespace and name, that some setting has the address of. */
  readonly pointedTo: ReadonlySet<string>;
}

const indexes = new WeakMap<Network, SettingIndex>();

function indexOf(network: Network): SettingIndex {
  const index = indexes.get(network) ?? indexSettings(network);
  indexes.set(network, index);
  return index;
}

/** Settings of one name in one namespace that lead to a Service there, one a workload. */
function namesakes(network: Network, namespace: string, name: string): readonly Namesake[] {
  return indexOf(network).settings.get(`${namespace}/${name}`) ?? [];
}

function indexSettings(network: Network): SettingIndex {
  const index = new Map<string, Namesake[]>();
  const pointedTo = new Set<string>();
  for (const site of network.sites.sites) {
    for (const { name, host, port, how } of network.addressesOf(site)) {
      const target = how === 'command' ? undefined : network.resolver.resolve(host, site.namespace);
      if (target?.kind !== 'service' || target.service.metadata.namespace !== site.namespace || !takes(target.service, port)) continue;
      pointedTo.add(`${site.namespace}/${target.service.metadata.name}`);
      const key = `${site.namespace}/${name}`;
      const list = index.get(key) ?? [];
      if (!list.some(({ owner }) => sameObject(owner, site.ref))) list.push({ owner: site.ref, service: target.service.metadata.name });
      index.set(key, list);
    }
  }
  return { settings: index, pointedTo };
}

/** LEDGER_SERVICE_ADDR is about `ledger-service`, REDIS_URL about the one Service with `redis` in its name. */
function byName(network: Network, { address, caller, port }: Dependency): Meant | undefined {
  const stem = wordsOf(address?.name ?? '').filter((word) => !OF_ADDRESSES.has(word));
  const telling = stem.filter((word) => word.length > 2 && !GENERIC.has(word));
  if (telling.length === 0) return undefined;
  const used = network.addressesOf(caller).flatMap(({ host }) => network.resolver.resolve(host, caller.namespace));
  const free = network.services(caller.namespace).filter((service) => {
    const isUsed = used.some((other) => other.kind === 'service' && other.service.metadata.name === service.metadata.name);
    return !isUsed && takes(service, port);
  });
  const equal = free.filter(({ metadata }) => plain(wordsOf(metadata.name)) === plain(stem));
  const about = free.filter(({ metadata }) => telling.every((word) => wordsOf(metadata.name).includes(word)));
  const [only] = equal.length > 0 ? equal : about;
  if (only === undefined || (equal.length > 0 ? equal : about).length > 1) return undefined;
  return { service: only.metadata.name, others: 0, idle: !indexOf(network).pointedTo.has(`${caller.namespace}/${only.metadata.name}`) };
}

const OF_ADDRESSES = new Set(
  'host hostname hosts addr addrs address addresses url uri endpoint endpoints server servers broker brokers dsn upstream port base target'.split(' '),
);
const GENERIC = new Set(
  'service svc api app backend db database cache queue store data spring application client internal default main master primary'.split(' '),
);

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** `ledger-service`, `ledgerservice` and `ledger` are one name. */
function plain(words: readonly string[]): string {
  return words.join('').replace(/(?:service|svc)$/, '');
}

function takes({ spec = {} }: Service, port: number | null): boolean {
  return port === null || spec.clusterIP === 'None' || (spec.ports ?? []).some((entry) => entry.port === port);
}

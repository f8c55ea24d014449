import type { ClusterReader, LogOptions } from '../../../src/cluster/reader.ts';
import { wrappedReader } from '../../../src/cluster/wrapped-reader.ts';
import type { Service } from '../../../src/domain/kubernetes/network.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/object.ts';
import type { Pod } from '../../../src/domain/kubernetes/pod.ts';
import { changedReader } from './changed-reader.ts';

export interface Retelling {
  /** The time at which it is told. */
  readonly asOf: string;
  /** The namespace it is moved to; undefined: it stays. */
  readonly namespace: string | undefined;
}

const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** A recording as if it had been taken at another time, under addresses that no other recording has, perhaps in another namespace. */
export async function retoldReader(reader: ClusterReader, { asOf, namespace }: Retelling): Promise<ClusterReader> {
  const own = reader.defaultNamespace ?? '';
  const told = namespace ?? own;
  const shift = Date.parse(asOf) - Date.parse(reader.asOf);
  const addresses = await addressesOf(reader, own);
  const rewrite = (text: string): string => {
    const moved = told === own ? text : text.replaceAll(own, told);
    return moved
      .replace(TIME, (time) => shifted(time, shift))
      .replace(/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, (address) => (addresses.has(address) ? elsewhere(address) : address));
  };
  // Further namespaces of a recording have the name of the first before their own.
  const inside = (name: string | undefined): string | undefined => (name?.startsWith(told) ? own + name.slice(told.length) : name);
  const moved = wrappedReader(reader, {
    list: (kind, options, signal) =>
      reader.list(kind, options.namespace === undefined ? options : { ...options, namespace: inside(options.namespace) ?? own }, signal),
    get: (kind, of, name, signal) => reader.get(kind, inside(of), name, signal),
    logs: (options: LogOptions, signal) => reader.logs({ ...options, namespace: inside(options.namespace) ?? own }, signal),
  });
  const changed = changedReader(moved, { items: (items) => items.map((item) => JSON.parse(rewrite(JSON.stringify(item))) as KubeObject), log: rewrite });
  return wrappedReader(changed, {
    asOf,
    defaultNamespace: told,
    ...(reader.namespaces === undefined ? {} : { namespaces: reader.namespaces.map((name) => (name.startsWith(own) ? told + name.slice(own.length) : name)) }),
  });
}

function shifted(time: string, by: number): string {
  const moved = new Date(Date.parse(time) + by).toISOString();
  return time.includes('.') ? moved : moved.replace(/\.\d+Z$/, 'Z');
}

/** Two recordings of one cluster may have used an address one after the other; at one time nobody shares one. */
async function addressesOf(reader: ClusterReader, namespace: string): Promise<ReadonlySet<string>> {
  const signal = AbortSignal.timeout(10_000);
  const [pods, services] = await Promise.all([reader.list<Pod>('Pod', { namespace }, signal), reader.list<Service>('Service', { namespace }, signal)]);
  const podIps = pods.status === 'found' ? pods.value.items.filter(({ spec }) => spec?.hostNetwork !== true).flatMap(({ status }) => status?.podIP ?? []) : [];
  const serviceIps = services.status === 'found' ? services.value.items.flatMap(({ spec }) => spec?.clusterIP ?? []) : [];
  return new Set([...podIps, ...serviceIps]);
}

function elsewhere(address: string): string {
  const [first, second = '0', ...rest] = address.split('.');
  return [first, (Number(second) + 7) % 256, ...rest].join('.');
}

import type { Listing, ListOptions, LogOptions, LogText } from '../cluster/reader.ts';
import type { KubeObject } from '../domain/kubernetes/object.ts';
import type { Kind } from '../domain/kubernetes/resource-type.ts';
import type { Lookup } from '../domain/lookup.ts';
import { lookupOf, type WireLookup } from '../protocol/reads.ts';
import type { GraphQuestion, SessionClient } from './session-client.ts';

/** A read beside the investigations, as it goes to another thread or to a server. */
export type ClusterQuestion =
  | { readonly ask: 'place' }
  | { readonly ask: 'list'; readonly kind: Kind; readonly options: Omit<ListOptions, 'project'> }
  | { readonly ask: 'get'; readonly kind: Kind; readonly namespace: string | undefined; readonly name: string }
  | { readonly ask: 'logs'; readonly options: LogOptions }
  | { readonly ask: 'graph'; readonly question: GraphQuestion };

export type Reads = Parameters<Parameters<SessionClient['read']>[0]>[0];

/** What a session reads of a cluster that somebody else asks; `ask` answers as the API does. */
export function readsOver(ask: (question: ClusterQuestion, signal: AbortSignal) => Promise<unknown>, asOf: string): Reads {
  const lookUp = async <T>(question: ClusterQuestion, signal: AbortSignal): Promise<Lookup<T>> => lookupOf((await ask(question, signal)) as WireLookup<T>);
  return {
    asOf,
    list: async <T extends KubeObject>(kind: Kind, { project, ...options }: ListOptions, signal: AbortSignal): Promise<Lookup<Listing<T>>> => {
      const lookup = await lookUp<Listing<T>>({ ask: 'list', kind, options }, signal);
      if (project === undefined || lookup.status !== 'found') return lookup;
      return { ...lookup, value: { ...lookup.value, items: lookup.value.items.map((item) => project(item) as T) } };
    },
    get: <T extends KubeObject>(kind: Kind, namespace: string | undefined, name: string, signal: AbortSignal) =>
      lookUp<T>({ ask: 'get', kind, namespace, name }, signal),
    logs: (options, signal) => lookUp<LogText>({ ask: 'logs', options }, signal),
  };
}

import type { Sight } from '../../domain/sight.ts';
import { kindsOf } from '../../evidence/entities/kind-words.ts';

const OWN: Readonly<Record<string, Sight>> = {
  log: 'logs',
  logs: 'logs',
  event: 'Event',
  events: 'Event',
  secret: 'Secret',
  secrets: 'Secret',
  endpoints: 'EndpointSlice',
  endpointslices: 'EndpointSlice',
  namespaces: 'Namespace',
};

/** What a list of words says one cannot see: "logs and events", "config maps". Words that name nothing are left out. */
export function sightsIn(text: string): Sight[] {
  const words = text
    .toLowerCase()
    .replace(/\bconfig maps?\b/g, 'configmaps')
    .replace(/\bnetwork polic(?:y|ies)\b/g, 'networkpolicy')
    .replace(/\breplica sets?\b/g, 'replicasets')
    .split(/[^a-z]+/);
  return [...new Set(words.flatMap((word) => OWN[word] ?? kindsOf(word)?.[0] ?? []))];
}

import { type Dump, type DumpObject, type Json, mapObjects } from './dump.ts';

interface Subset {
  readonly addresses?: readonly { readonly ip: string }[];
  readonly notReadyAddresses?: readonly { readonly ip: string }[];
  readonly ports?: Json;
}

/** EndpointSlices in place of Endpoints, as newer collectors read them. */
export function asEndpointSlices(dump: Dump): Dump {
  const sliced = mapObjects(dump, (object) => (object.kind === 'Endpoints' ? [sliceOf(object)] : [object]));
  return { ...sliced, files: new Map([...sliced.files].map(([path, text]) => [path.replace(/(^|\/)endpoints\.json$/, '$1endpointslices.json'), text])) };
}

function sliceOf(object: DumpObject): DumpObject {
  const subsets = (object['subsets'] ?? []) as unknown as readonly Subset[];
  const endpoints = subsets.flatMap(({ addresses = [], notReadyAddresses = [] }) => [
    ...addresses.map(({ ip }) => ({ addresses: [ip], conditions: { ready: true, serving: true, terminating: false } })),
    ...notReadyAddresses.map(({ ip }) => ({ addresses: [ip], conditions: { ready: false, serving: false, terminating: false } })),
  ]);
  const name = object.metadata?.name ?? '';
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...object.metadata, name: `${name}-x7k2p`, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints,
    ports: subsets[0]?.ports ?? null,
  };
}

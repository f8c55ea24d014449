import { type Dump, type DumpObject, type Json, mapObjects, mapValues } from './dump.ts';

const PROXY = {
  name: 'mesh-proxy',
  image: 'registry.example/mesh/proxy:1.22.1',
  ports: [{ containerPort: 15_090, name: 'http-envoy-prom', protocol: 'TCP' }],
  resources: { limits: { cpu: '2', memory: '1Gi' }, requests: { cpu: '10m', memory: '40Mi' } },
};

/** Every pod has a proxy beside its container, well wherever a container of the pod ever ran. */
export function withSidecars(dump: Dump): Dump {
  return mapObjects(dump, (object) => {
    if (!['Pod', 'Deployment', 'ReplicaSet', 'StatefulSet'].includes(object.kind ?? '')) return [object];
    const extended = mapValues(object as Json, (value, key) => (key === 'containers' && Array.isArray(value) ? [...value, PROXY] : value)) as DumpObject;
    return [object.kind === 'Pod' ? withStatus(extended) : extended];
  });
}

function withStatus(pod: DumpObject): DumpObject {
  const statuses = pod.status?.['containerStatuses'];
  if (!Array.isArray(statuses)) return pod;
  const started = pod.status?.['startTime'] ?? null;
  const runs = typeof pod.status?.['podIP'] === 'string';
  const state: Json = runs ? { running: { startedAt: started } } : { waiting: { reason: 'ContainerCreating' } };
  const proxy = { name: PROXY.name, image: PROXY.image, imageID: PROXY.image, ready: runs, started: runs, restartCount: 0, state };
  return { ...pod, status: { ...pod.status, containerStatuses: [...statuses, proxy] } };
}

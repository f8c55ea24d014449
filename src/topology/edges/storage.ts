import { refOf } from '../../domain/kubernetes/object.ts';
import { DEFAULT_STORAGE_CLASS, type PersistentVolume, type PersistentVolumeClaim, type StorageClass } from '../../domain/kubernetes/storage.ts';
import { objectRef } from '../../domain/object-ref.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Sites } from '../sites.ts';
import { field } from './evidence.ts';

const HOSTNAME_LABEL = 'kubernetes.io/hostname';

/** Claim to volume to the node that holds its data; claim and volume to their StorageClass. */
export function storageEdges({ inventory }: Sites, graph: GraphBuilder): void {
  const standard = inventory.list<StorageClass>('StorageClass').find(({ metadata }) => metadata.annotations?.[DEFAULT_STORAGE_CLASS] === 'true');
  for (const claim of inventory.list<PersistentVolumeClaim>('PersistentVolumeClaim')) {
    const self = refOf(claim);
    graph.node(self);
    const { volumeName, storageClassName } = claim.spec ?? {};
    if (volumeName) {
      const to = objectRef('PersistentVolume', undefined, volumeName);
      graph.edge({ from: self, to, type: 'binds', origin: 'object', cite: field(self, 'spec.volumeName', volumeName) });
    }
    // An empty name asks for no class at all; only a missing one means the default.
    const className = storageClassName ?? standard?.metadata.name;
    if (className) {
      const to = objectRef('StorageClass', undefined, className);
      graph.edge({ from: self, to, type: 'provisioned-by', origin: 'object', cite: field(self, 'spec.storageClassName', className) });
    }
  }
  for (const volume of inventory.list<PersistentVolume>('PersistentVolume')) volumeEdges(volume, graph);
}

function volumeEdges(volume: PersistentVolume, graph: GraphBuilder): void {
  const self = refOf(volume);
  const { storageClassName, nfs } = volume.spec ?? {};
  if (storageClassName) {
    const to = objectRef('StorageClass', undefined, storageClassName);
    graph.edge({ from: self, to, type: 'provisioned-by', origin: 'object', cite: field(self, 'spec.storageClassName', storageClassName) });
  }
  for (const node of pinnedNodes(volume)) {
    const cite = field(self, 'spec.nodeAffinity.required', `${HOSTNAME_LABEL} in ${node}`);
    graph.edge({ from: self, to: objectRef('Node', undefined, node), type: 'runs-on', origin: 'object', cite });
  }
  if (nfs?.server) {
    const to = objectRef('External', undefined, nfs.server);
    graph.edge({ from: self, to, type: 'calls', origin: 'object', cite: field(self, 'spec.nfs.server', nfs.server) });
  }
}

/** The one node that a local volume names; none where it may be any of several. */
function pinnedNodes(volume: PersistentVolume): readonly string[] {
  const terms = volume.spec?.nodeAffinity?.required?.nodeSelectorTerms ?? [];
  const hosts = terms.flatMap(({ matchExpressions = [] }) =>
    matchExpressions.flatMap(({ key, operator, values = [] }) => (key === HOSTNAME_LABEL && operator === 'In' ? values : [])),
  );
  return hosts.length === 1 ? hosts : [];
}

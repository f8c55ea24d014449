import type { ContainerDoc } from '../domain/facts/container.ts';
import type { LogExcerpt } from '../domain/log-excerpt.ts';
import { type PodContainer, specPart } from './container-spec.ts';
import type { FactContext } from './context.ts';

const DENIED = /permission denied|EACCES|operation not permitted/i;
const READ_ONLY = /read-only file ?system|EROFS/i;
const PATH = /(?:^|[\s'"`(=:])(\/[^\s'"`:,)]+)/;
/** Volumes that hold data of their own; the others are written by the kubelet and readable by design. */
const DATA = new Set(['persistentVolumeClaim', 'hostPath', 'nfs', 'csi', 'ephemeral', 'emptyDir']);

/** The volume on which the log tells of a denied access, in words; null where it tells of none, or of a path outside all volumes. */
export function deniedVolume(container: PodContainer, logs: readonly LogExcerpt[]): string | null {
  const mount = mountNamed(container, logs, DENIED);
  return mount === undefined ? null : `${mount.volume} (${mount.kind} at ${mount.path})`;
}

/** The claim on which the log tells of a write that was refused as read-only, unless the pod itself wants it so. */
export function readOnlyClaim(container: PodContainer, logs: readonly LogExcerpt[]): string | null {
  const mount = mountNamed(container, logs, READ_ONLY);
  const claim = container.pod.spec.volumes?.find(({ name }) => name === mount?.volume)?.persistentVolumeClaim;
  return claim === undefined || claim.readOnly === true || mount?.read_only === true ? null : claim.claimName;
}

/** The mount that holds the path of the last such line; the only data volume where the line names no path. */
function mountNamed(container: PodContainer, logs: readonly LogExcerpt[], what: RegExp): ContainerDoc['mounts'][number] | undefined {
  const line = logs.flatMap(({ errors, tail }) => [...errors, ...tail]).findLast(({ text }) => what.test(text))?.text;
  if (line === undefined) return undefined;
  const data = specPart(container).mounts.filter(({ kind }) => DATA.has(kind));
  const path = PATH.exec(line)?.[1];
  if (path === undefined) return data.length === 1 ? data[0] : undefined;
  return data.find((it) => path === it.path || path.startsWith(`${it.path.replace(/\/$/, '')}/`));
}

/** Whether the Service that a host name of the cluster means exists: `db`, `db.shop`, `db.shop.svc.cluster.local`, each with or without a port. */
export function serviceStatus(context: FactContext, namespace: string, host: string): ContainerDoc['log']['waits_for_service'] {
  const [name = '', other, svc] = host.replace(/:\d+$/, '').split('.');
  const named = other === undefined || svc === 'svc' || context.inventory.namespaces.includes(other);
  return named && name !== '' ? context.inventory.lookup('Service', other ?? namespace, name).status : null;
}

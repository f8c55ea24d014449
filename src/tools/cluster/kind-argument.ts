import * as z from 'zod';
import { isKind, type Kind, RESOURCE_TYPES } from '../../domain/kubernetes/resource-type.ts';
import { nearNames } from '../../domain/near-names.ts';
import { BadArguments } from '../tool.ts';

const KINDS = Object.keys(RESOURCE_TYPES).filter((kind) => kind !== 'Secret') as Kind[];
const SHORT: Readonly<Record<string, Kind>> = {
  po: 'Pod',
  svc: 'Service',
  deploy: 'Deployment',
  sts: 'StatefulSet',
  ds: 'DaemonSet',
  rs: 'ReplicaSet',
  cm: 'ConfigMap',
  pvc: 'PersistentVolumeClaim',
  pv: 'PersistentVolume',
  ns: 'Namespace',
  no: 'Node',
  ing: 'Ingress',
  hpa: 'HorizontalPodAutoscaler',
  ep: 'Endpoints',
  cj: 'CronJob',
  netpol: 'NetworkPolicy',
  pdb: 'PodDisruptionBudget',
  sa: 'ServiceAccount',
  ev: 'Event',
};

export const kindArgument = z.string().describe('kind of object: Pod, Deployment, Service, Node …');

/** The kind that a word names, as kubectl takes it: Pod, pods, po. Secrets are nobody's to read. */
export function kindNamed(word: string): Kind {
  const lower = word.toLowerCase();
  if (lower === 'secret' || lower === 'secrets') throw new BadArguments('Secrets are never read');
  if (isKind(word)) return word;
  const found = KINDS.find((kind) => kind.toLowerCase() === lower || RESOURCE_TYPES[kind].plural === lower) ?? SHORT[lower];
  if (found !== undefined) return found;
  const near = nearNames(word, KINDS);
  throw new BadArguments(`there is no kind ${JSON.stringify(word)}${near.length === 0 ? '' : `; near: ${near.join(', ')}`}`);
}

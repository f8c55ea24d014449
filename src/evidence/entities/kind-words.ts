import type { Kind } from '../../domain/kubernetes/resource-type.ts';

const WORKLOADS = ['Deployment', 'StatefulSet', 'DaemonSet'] as const satisfies readonly Kind[];

/** Words for kinds, as people and kubectl write them. A "service" or "app" is often a workload. */
const KIND_WORDS: Readonly<Record<string, readonly Kind[]>> = {
  pod: ['Pod'],
  po: ['Pod'],
  deployment: ['Deployment'],
  deploy: ['Deployment'],
  statefulset: ['StatefulSet'],
  sts: ['StatefulSet'],
  daemonset: ['DaemonSet'],
  ds: ['DaemonSet'],
  replicaset: ['ReplicaSet'],
  rs: ['ReplicaSet'],
  cronjob: ['CronJob'],
  cj: ['CronJob'],
  job: ['Job', 'CronJob'],
  service: ['Service', ...WORKLOADS],
  svc: ['Service'],
  microservice: [...WORKLOADS, 'Service'],
  app: [...WORKLOADS, 'Service'],
  application: [...WORKLOADS, 'Service'],
  workload: [...WORKLOADS, 'CronJob', 'Job'],
  backend: [...WORKLOADS, 'Service'],
  database: ['StatefulSet', 'Deployment', 'Service'],
  db: ['StatefulSet', 'Deployment', 'Service'],
  node: ['Node'],
  ingress: ['Ingress'],
  ing: ['Ingress'],
  pvc: ['PersistentVolumeClaim'],
  claim: ['PersistentVolumeClaim'],
  persistentvolumeclaim: ['PersistentVolumeClaim'],
  volume: ['PersistentVolumeClaim', 'PersistentVolume'],
  pv: ['PersistentVolume'],
  persistentvolume: ['PersistentVolume'],
  storageclass: ['StorageClass'],
  configmap: ['ConfigMap'],
  cm: ['ConfigMap'],
  hpa: ['HorizontalPodAutoscaler'],
  autoscaler: ['HorizontalPodAutoscaler'],
  horizontalpodautoscaler: ['HorizontalPodAutoscaler'],
  networkpolicy: ['NetworkPolicy'],
  netpol: ['NetworkPolicy'],
  quota: ['ResourceQuota'],
  resourcequota: ['ResourceQuota'],
  pdb: ['PodDisruptionBudget'],
};

/** The kinds that a word may stand for, singular or plural; undefined for every other word. */
export function kindsOf(word: string): readonly Kind[] | undefined {
  const lower = word.toLowerCase();
  const own = (name: string): readonly Kind[] | undefined => (Object.hasOwn(KIND_WORDS, name) ? KIND_WORDS[name] : undefined);
  return own(lower) ?? (lower.endsWith('es') ? own(lower.slice(0, -2)) : undefined) ?? (lower.endsWith('s') ? own(lower.slice(0, -1)) : undefined);
}

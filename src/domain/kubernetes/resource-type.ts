/** One row a kind that sre-orch can read: how the API addresses it, and how dumps name its file. */
export interface ResourceType {
  readonly kind: string;
  /** Names its files in dumps, and the kind where people speak of it. */
  readonly plural: string;
  /** How the API names the collection, where that is not the plural: two groups serve `pods`. */
  readonly resource?: string;
  readonly group: string;
  readonly version: string;
  readonly namespaced: boolean;
  /** Content that is dropped when read, because nothing reasons over it and it may be large or secret. */
  readonly metadataOnly?: boolean;
  /** Not part of Kubernetes: served only where somebody installed it. */
  readonly addOn?: boolean;
  /** Versions under which older releases of an add-on serve the kind, the newest first. */
  readonly formerVersions?: readonly string[];
}

const core = (kind: string, plural: string, namespaced = true): ResourceType => ({ kind, plural, group: '', version: 'v1', namespaced });
const typed =
  (group: string, version: string, namespaced: boolean) =>
  (kind: string, plural: string): ResourceType => ({ kind, plural, group, version, namespaced });
const apps = typed('apps', 'v1', true);
const batch = typed('batch', 'v1', true);
const networking = typed('networking.k8s.io', 'v1', true);
const storage = typed('storage.k8s.io', 'v1', false);
const admission = typed('admissionregistration.k8s.io', 'v1', false);
const rbac = typed('rbac.authorization.k8s.io', 'v1', true);
const addOn =
  (group: string, version = 'v1', formerVersions: readonly string[] = []) =>
  (kind: string, plural: string, namespaced = true): ResourceType => ({ kind, plural, group, version, namespaced, addOn: true, formerVersions });
const gateways = addOn('gateway.networking.k8s.io', 'v1', ['v1beta1']);
const certificates = addOn('cert-manager.io');
const argo = addOn('argoproj.io', 'v1alpha1');
const chaosMesh = addOn('chaos-mesh.org', 'v1alpha1');
const usage = addOn('metrics.k8s.io', 'v1beta1');
const operators = addOn('operators.coreos.com', 'v1alpha1');

export const RESOURCE_TYPES = {
  Pod: core('Pod', 'pods'),
  Service: core('Service', 'services'),
  Endpoints: core('Endpoints', 'endpoints'),
  EndpointSlice: typed('discovery.k8s.io', 'v1', true)('EndpointSlice', 'endpointslices'),
  Event: core('Event', 'events'),
  ConfigMap: core('ConfigMap', 'configmaps'),
  Secret: { ...core('Secret', 'secrets'), metadataOnly: true },
  ServiceAccount: core('ServiceAccount', 'serviceaccounts'),
  PersistentVolumeClaim: core('PersistentVolumeClaim', 'persistentvolumeclaims'),
  ResourceQuota: core('ResourceQuota', 'resourcequotas'),
  LimitRange: core('LimitRange', 'limitranges'),
  ReplicationController: core('ReplicationController', 'replicationcontrollers'),
  Namespace: core('Namespace', 'namespaces', false),
  Node: core('Node', 'nodes', false),
  PersistentVolume: core('PersistentVolume', 'persistentvolumes', false),
  Deployment: apps('Deployment', 'deployments'),
  ReplicaSet: apps('ReplicaSet', 'replicasets'),
  StatefulSet: apps('StatefulSet', 'statefulsets'),
  DaemonSet: apps('DaemonSet', 'daemonsets'),
  ControllerRevision: apps('ControllerRevision', 'controllerrevisions'),
  Job: batch('Job', 'jobs'),
  CronJob: batch('CronJob', 'cronjobs'),
  Ingress: networking('Ingress', 'ingresses'),
  NetworkPolicy: networking('NetworkPolicy', 'networkpolicies'),
  IngressClass: typed('networking.k8s.io', 'v1', false)('IngressClass', 'ingressclasses'),
  StorageClass: storage('StorageClass', 'storageclasses'),
  VolumeAttachment: storage('VolumeAttachment', 'volumeattachments'),
  CSIDriver: storage('CSIDriver', 'csidrivers'),
  HorizontalPodAutoscaler: typed('autoscaling', 'v2', true)('HorizontalPodAutoscaler', 'horizontalpodautoscalers'),
  PodDisruptionBudget: typed('policy', 'v1', true)('PodDisruptionBudget', 'poddisruptionbudgets'),
  PriorityClass: typed('scheduling.k8s.io', 'v1', false)('PriorityClass', 'priorityclasses'),
  RuntimeClass: typed('node.k8s.io', 'v1', false)('RuntimeClass', 'runtimeclasses'),
  Lease: typed('coordination.k8s.io', 'v1', true)('Lease', 'leases'),
  ValidatingWebhookConfiguration: admission('ValidatingWebhookConfiguration', 'validatingwebhookconfigurations'),
  MutatingWebhookConfiguration: admission('MutatingWebhookConfiguration', 'mutatingwebhookconfigurations'),
  APIService: typed('apiregistration.k8s.io', 'v1', false)('APIService', 'apiservices'),
  Role: rbac('Role', 'roles'),
  RoleBinding: rbac('RoleBinding', 'rolebindings'),
  HTTPRoute: gateways('HTTPRoute', 'httproutes'),
  Gateway: gateways('Gateway', 'gateways'),
  VolumeSnapshot: addOn('snapshot.storage.k8s.io', 'v1', ['v1beta1'])('VolumeSnapshot', 'volumesnapshots'),
  Certificate: certificates('Certificate', 'certificates'),
  Issuer: certificates('Issuer', 'issuers'),
  ClusterIssuer: certificates('ClusterIssuer', 'clusterissuers', false),
  Challenge: addOn('acme.cert-manager.io')('Challenge', 'challenges'),
  ExternalSecret: addOn('external-secrets.io', 'v1', ['v1beta1'])('ExternalSecret', 'externalsecrets'),
  SealedSecret: addOn('bitnami.com', 'v1alpha1')('SealedSecret', 'sealedsecrets'),
  PeerAuthentication: addOn('security.istio.io', 'v1', ['v1beta1'])('PeerAuthentication', 'peerauthentications'),
  Application: argo('Application', 'applications'),
  Rollout: argo('Rollout', 'rollouts'),
  Canary: addOn('flagger.app', 'v1beta1')('Canary', 'canaries'),
  Kustomization: addOn('kustomize.toolkit.fluxcd.io', 'v1', ['v1beta2'])('Kustomization', 'kustomizations'),
  HelmRelease: addOn('helm.toolkit.fluxcd.io', 'v2', ['v2beta2', 'v2beta1'])('HelmRelease', 'helmreleases'),
  ClusterServiceVersion: operators('ClusterServiceVersion', 'clusterserviceversions'),
  Subscription: operators('Subscription', 'subscriptions'),
  InstallPlan: operators('InstallPlan', 'installplans'),
  NetworkChaos: chaosMesh('NetworkChaos', 'networkchaos'),
  PodChaos: chaosMesh('PodChaos', 'podchaos'),
  StressChaos: chaosMesh('StressChaos', 'stresschaos'),
  IOChaos: chaosMesh('IOChaos', 'iochaos'),
  DNSChaos: chaosMesh('DNSChaos', 'dnschaos'),
  HTTPChaos: chaosMesh('HTTPChaos', 'httpchaos'),
  JVMChaos: chaosMesh('JVMChaos', 'jvmchaos'),
  TimeChaos: chaosMesh('TimeChaos', 'timechaos'),
  KernelChaos: chaosMesh('KernelChaos', 'kernelchaos'),
  Schedule: chaosMesh('Schedule', 'schedules'),
  ChaosEngine: addOn('litmuschaos.io', 'v1alpha1')('ChaosEngine', 'chaosengines'),
  PodMetrics: { ...usage('PodMetrics', 'podmetrics'), resource: 'pods' },
  NodeMetrics: { ...usage('NodeMetrics', 'nodemetrics', false), resource: 'nodes' },
} as const satisfies Record<string, ResourceType>;

export type Kind = keyof typeof RESOURCE_TYPES;

export function isKind(kind: string): kind is Kind {
  return Object.hasOwn(RESOURCE_TYPES, kind);
}

export function resourceType(kind: Kind): ResourceType {
  return RESOURCE_TYPES[kind];
}

/** The collection's path: `/apis/apps/v1/namespaces/shop/deployments`, or over all namespaces without one. `served`: another version than the usual one. */
export function collectionPath(kind: Kind, namespace?: string, served?: string): string {
  const { group, plural, resource = plural, namespaced, ...type } = resourceType(kind);
  const version = served ?? type.version;
  const root = group === '' ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced && namespace !== undefined ? `${root}/namespaces/${encodeURIComponent(namespace)}/${resource}` : `${root}/${resource}`;
}

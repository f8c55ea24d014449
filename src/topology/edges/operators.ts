import { refOf } from '../../domain/kubernetes/object.ts';
import type { Kind } from '../../domain/kubernetes/resource-type.ts';
import type { GraphBuilder } from '../indexed-graph.ts';
import type { Site, Sites } from '../sites.ts';
import { field } from './evidence.ts';

/** Which workload acts on a kind, by its image or its name, as the projects publish them. */
const OPERATORS: readonly (readonly [kinds: readonly Kind[], workload: RegExp])[] = [
  [['Certificate', 'Issuer', 'ClusterIssuer'], /cert-manager-controller|(?:^| )cert-manager$/],
  [['ExternalSecret'], /external-secrets\/external-secrets|(?:^| )external-secrets$/],
  [['SealedSecret'], /sealed-secrets-controller/],
  [['Application'], /argocd-application-controller/],
  [['Rollout'], /argo-rollouts/],
  [['Canary'], /flagger/],
  [['Kustomization'], /kustomize-controller/],
  [['HelmRelease'], /helm-controller/],
  [['ClusterServiceVersion'], /(?:^| )olm-operator$/],
  [['Subscription', 'InstallPlan'], /(?:^| )catalog-operator$/],
  [['VolumeSnapshot'], /sig-storage\/snapshot-controller|(?:^| )snapshot-controller$/],
];

/** The workload that acts on resources of a kind; undefined where it was not read, or is not one of the known. */
export function operatorOf(sites: Sites, kind: string): Site | undefined {
  const pattern = OPERATORS.find(([kinds]) => kinds.some((one) => one === kind))?.[1];
  if (pattern === undefined) return undefined;
  return sites.sites.find(
    ({ ref, spec }) => ref.kind !== 'Job' && [...spec.containers.map(({ image }) => image ?? ''), ref.name].some((word) => pattern.test(word)),
  );
}

/** Resources to the workload that acts on them. */
export function operatorEdges(sites: Sites, graph: GraphBuilder): void {
  for (const kind of OPERATORS.flatMap(([kinds]) => kinds)) {
    const resources = sites.inventory.list(kind);
    const operator = resources.length === 0 ? undefined : operatorOf(sites, kind);
    if (operator === undefined) continue;
    for (const resource of resources) {
      const from = refOf(resource);
      graph.edge({ from, to: operator.ref, type: 'uses', origin: 'object', cite: field(operator.ref, operator.path, `acts on ${kind}`) });
    }
  }
}

import type { LabelSelector } from './label-selector.ts';
import type { Condition, KubeObject } from './object.ts';

/** Custom resources of widespread add-ons, as far as something reasons over them. */
export interface AddOnResource extends KubeObject {
  readonly status?: { readonly conditions?: readonly ObservedCondition[]; readonly observedGeneration?: number };
}

export interface ObservedCondition extends Condition {
  readonly observedGeneration?: number;
}

interface ParentRef {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly sectionName?: string;
}

interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
  readonly port?: number;
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#httproute */
export interface HttpRoute extends AddOnResource {
  readonly spec?: {
    readonly parentRefs?: readonly ParentRef[];
    readonly hostnames?: readonly string[];
    readonly rules?: readonly { readonly backendRefs?: readonly BackendRef[] }[];
  };
  readonly status?: AddOnResource['status'] & {
    readonly parents?: readonly { readonly parentRef?: ParentRef; readonly conditions?: readonly ObservedCondition[] }[];
  };
}

/** https://gateway-api.sigs.k8s.io/reference/spec/#gateway */
export interface Gateway extends AddOnResource {
  readonly spec?: {
    readonly gatewayClassName?: string;
    readonly listeners?: readonly {
      readonly name: string;
      readonly hostname?: string;
      readonly tls?: { readonly certificateRefs?: readonly { readonly kind?: string; readonly namespace?: string; readonly name: string }[] };
    }[];
  };
  readonly status?: AddOnResource['status'] & {
    readonly listeners?: readonly { readonly name: string; readonly conditions?: readonly ObservedCondition[] }[];
  };
}

/** snapshot.storage.k8s.io/v1 of the CSI external-snapshotter. */
export interface VolumeSnapshot extends AddOnResource {
  readonly status?: AddOnResource['status'] & {
    readonly readyToUse?: boolean;
    readonly creationTime?: string;
    readonly error?: { readonly message?: string; readonly time?: string };
  };
}

/** https://cert-manager.io/docs/reference/api-docs/#cert-manager.io/v1.Certificate */
export interface Certificate extends AddOnResource {
  readonly spec?: {
    readonly secretName?: string;
    readonly dnsNames?: readonly string[];
    readonly commonName?: string;
    readonly issuerRef?: { readonly name: string; readonly kind?: string; readonly group?: string };
  };
  readonly status?: AddOnResource['status'] & { readonly notAfter?: string; readonly lastFailureTime?: string };
}

/** acme.cert-manager.io/v1: one proof that an ACME server asks for. */
export interface Challenge extends KubeObject {
  readonly spec?: { readonly dnsName?: string; readonly type?: string };
  readonly status?: { readonly state?: string; readonly reason?: string };
}

/** external-secrets.io/v1 */
export interface ExternalSecret extends AddOnResource {
  readonly spec?: { readonly target?: { readonly name?: string }; readonly secretStoreRef?: { readonly name?: string; readonly kind?: string } };
  readonly status?: AddOnResource['status'] & { readonly refreshTime?: string | null };
}

/** argoproj.io/v1alpha1 Application of Argo CD. Its conditions have no status: each is a complaint. */
export interface Application extends AddOnResource {
  readonly status?: AddOnResource['status'] & {
    readonly sync?: { readonly status?: string };
    readonly health?: { readonly status?: string; readonly message?: string };
    readonly operationState?: { readonly phase?: string; readonly message?: string; readonly finishedAt?: string };
    readonly resources?: readonly { readonly kind?: string; readonly namespace?: string; readonly name: string }[];
  };
}

/** argoproj.io/v1alpha1 Rollout of Argo Rollouts, flagger.app/v1beta1 Canary, and the kinds of the operator lifecycle manager. */
export interface Phased extends AddOnResource {
  readonly spec?: {
    readonly paused?: boolean;
    readonly approval?: string;
    readonly approved?: boolean;
    readonly targetRef?: { readonly kind?: string; readonly name?: string };
  };
  readonly status?: AddOnResource['status'] & {
    readonly phase?: string;
    readonly message?: string;
    readonly reason?: string;
    readonly abort?: boolean;
    readonly lastTransitionTime?: string;
    readonly lastUpdateTime?: string;
    readonly pauseConditions?: readonly { readonly reason?: string; readonly startTime?: string }[];
  };
}

/** kustomize.toolkit.fluxcd.io Kustomization of Flux. An entry reads `namespace_name_group_Kind`. */
export interface Kustomization extends AddOnResource {
  readonly spec?: { readonly suspend?: boolean };
  readonly status?: AddOnResource['status'] & { readonly inventory?: { readonly entries?: readonly { readonly id: string }[] } };
}

/** security.istio.io PeerAuthentication: what the mesh demands of those who call a pod. */
export interface PeerAuthentication extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector; readonly mtls?: { readonly mode?: string } };
}

/** The Secret that an object asks its controller to make, in its own namespace, and the field that says so; undefined for other kinds. */
export function secretMadeBy(object: KubeObject): { readonly name: string; readonly path: string } | undefined {
  switch (object.kind) {
    case 'Certificate': {
      const name = (object as Certificate).spec?.secretName;
      return name === undefined ? undefined : { name, path: 'spec.secretName' };
    }
    case 'ExternalSecret': {
      const name = (object as ExternalSecret).spec?.target?.name;
      return name ? { name, path: 'spec.target.name' } : { name: object.metadata.name, path: 'metadata.name' };
    }
    case 'SealedSecret':
      return { name: object.metadata.name, path: 'metadata.name' };
    default:
      return undefined;
  }
}

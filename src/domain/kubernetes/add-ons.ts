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

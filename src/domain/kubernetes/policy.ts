import type { LabelSelector } from './label-selector.ts';
import type { Condition, KubeObject } from './object.ts';

type Quantities = Readonly<Record<string, string>>;

export interface ResourceQuota extends KubeObject {
  readonly spec?: { readonly hard?: Quantities };
  readonly status?: { readonly hard?: Quantities; readonly used?: Quantities };
}

export interface LimitRange extends KubeObject {
  readonly spec?: {
    readonly limits?: readonly {
      readonly type?: string;
      readonly max?: Quantities;
      readonly min?: Quantities;
      readonly default?: Quantities;
      readonly defaultRequest?: Quantities;
    }[];
  };
}

export interface HorizontalPodAutoscaler extends KubeObject {
  readonly spec?: {
    readonly scaleTargetRef?: { readonly kind: string; readonly name: string; readonly apiVersion?: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
  };
  readonly status?: { readonly currentReplicas?: number; readonly desiredReplicas?: number; readonly conditions?: readonly Condition[] };
}

export interface PodDisruptionBudget extends KubeObject {
  readonly spec?: { readonly selector?: LabelSelector; readonly minAvailable?: number | string; readonly maxUnavailable?: number | string };
  readonly status?: {
    readonly disruptionsAllowed?: number;
    readonly currentHealthy?: number;
    readonly desiredHealthy?: number;
    readonly expectedPods?: number;
  };
}

export interface WebhookConfiguration extends KubeObject {
  readonly webhooks?: readonly {
    readonly name: string;
    readonly failurePolicy?: string;
    readonly timeoutSeconds?: number;
    readonly clientConfig?: {
      readonly url?: string;
      readonly service?: { readonly namespace: string; readonly name: string; readonly port?: number; readonly path?: string };
    };
    readonly rules?: readonly { readonly resources?: readonly string[]; readonly operations?: readonly string[] }[];
    readonly namespaceSelector?: LabelSelector;
  }[];
}

export interface ApiService extends KubeObject {
  readonly spec?: {
    readonly service?: { readonly namespace: string; readonly name: string; readonly port?: number };
    readonly group?: string;
    readonly version?: string;
  };
  readonly status?: { readonly conditions?: readonly Condition[] };
}

export interface ConfigMap extends KubeObject {
  readonly data?: Readonly<Record<string, string>>;
}

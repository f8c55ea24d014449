import type { LabelSelector } from './label-selector.ts';
import type { Condition, KubeObject } from './object.ts';
import type { Kind } from './resource-type.ts';

/** Kinds of experiments that disturb pods on purpose. */
export const EXPERIMENT_KINDS = [
  'NetworkChaos',
  'PodChaos',
  'StressChaos',
  'IOChaos',
  'DNSChaos',
  'HTTPChaos',
  'JVMChaos',
  'TimeChaos',
  'KernelChaos',
  'Schedule',
  'ChaosEngine',
] as const satisfies readonly Kind[];

/** https://chaos-mesh.org/docs/define-chaos-experiment-scope */
export interface ChaosSelector {
  readonly namespaces?: readonly string[];
  readonly labelSelectors?: Readonly<Record<string, string>>;
  readonly expressionSelectors?: LabelSelector['matchExpressions'];
  readonly pods?: Readonly<Record<string, readonly string[]>>;
  readonly nodes?: readonly string[];
}

/** What an experiment of Chaos Mesh does. A Schedule holds the same below the name of the kind that it repeats. */
export interface ChaosSpec {
  readonly action?: string;
  readonly mode?: string;
  readonly duration?: string;
  readonly selector?: ChaosSelector;
  readonly direction?: string;
  readonly target?: { readonly selector?: ChaosSelector };
  readonly [detail: string]: unknown;
}

/** chaos-mesh.org/v1alpha1 */
export interface ChaosExperiment extends KubeObject {
  readonly spec?: ChaosSpec;
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly experiment?: {
      readonly desiredPhase?: string;
      readonly containerRecords?: readonly { readonly id?: string; readonly phase?: string }[];
    };
  };
}

/** litmuschaos.io/v1alpha1 */
export interface ChaosEngine extends KubeObject {
  readonly spec?: {
    readonly engineState?: string;
    readonly appinfo?: { readonly appns?: string; readonly applabel?: string };
    readonly experiments?: readonly { readonly name?: string }[];
  };
  readonly status?: { readonly engineStatus?: string; readonly experiments?: readonly { readonly name?: string; readonly status?: string }[] };
}

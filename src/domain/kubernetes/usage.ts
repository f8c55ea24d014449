import type { KubeObject } from './object.ts';

/** What a container, pod or node uses: cpu and memory, as quantities. */
type Usage = Readonly<Record<string, string>>;

/** What metrics.k8s.io tells of a pod: an average over a window that ended at a time. */
export interface PodMetrics extends KubeObject {
  readonly timestamp?: string;
  readonly window?: string;
  readonly containers?: readonly { readonly name: string; readonly usage?: Usage }[];
}

export interface NodeMetrics extends KubeObject {
  readonly timestamp?: string;
  readonly window?: string;
  readonly usage?: Usage;
}

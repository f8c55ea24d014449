/** What is known beside the API's objects: from files of a dump, or from live servers. Every list may be empty. */
export interface Telemetry {
  readonly alerts: readonly Alert[];
  readonly series: readonly MetricSeries[];
  readonly nodeServices: readonly NodeService[];
  readonly connectivity: readonly ConnectivityCheck[];
  readonly serviceDependencies: readonly ServiceDependency[];
  readonly nodeAllocations: readonly NodeAllocation[];
}

export const NO_TELEMETRY: Telemetry = { alerts: [], series: [], nodeServices: [], connectivity: [], serviceDependencies: [], nodeAllocations: [] };

/** An Alertmanager v2 alert. */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt?: string;
  readonly state?: string;
}

/** One series; samples are [unix seconds, value], in order of time. */
export interface MetricSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly samples: readonly (readonly [number, number])[];
}

/** What a node's init system says of one unit. */
export interface NodeService {
  readonly node: string;
  readonly service: string;
  readonly active: string;
  readonly sub: string;
  readonly since: string | null;
  readonly output: string;
}

/** A TCP check from inside the cluster to a Service's port; `checks` tells the answer from each node where it was asked. */
export interface ConnectivityCheck {
  readonly namespace: string;
  readonly service: string;
  readonly port: number | null;
  readonly reachable: boolean;
  readonly output: string;
  readonly checks: readonly { readonly fromNode: string; readonly reachable: boolean; readonly output: string }[];
}

/** Who calls whom, as a mesh or tracing system recorded it. */
export interface ServiceDependency {
  readonly service: string;
  readonly namespace?: string;
  readonly upstream: readonly string[];
  readonly downstream: readonly string[];
}

/** Requests of the pods on a node, as `kubectl describe node` prints them. */
export interface NodeAllocation {
  readonly node: string;
  readonly pods: readonly { readonly namespace: string; readonly name: string; readonly requests: Readonly<Record<string, string>> }[];
}

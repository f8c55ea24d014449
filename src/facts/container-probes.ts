import type { ContainerDoc, ProbeDoc } from '../domain/facts/container.ts';
import { eventTime, type KubeEvent } from '../domain/kubernetes/event.ts';
import type { ContainerSpec, Probe } from '../domain/kubernetes/pod.ts';
import { type ProbeName, probeFailures } from './container-events.ts';
import type { PodContainer } from './container-spec.ts';
import type { StatePart } from './container-state.ts';
import { ageSeconds, type FactContext } from './context.ts';

export type ProbesPart = Pick<ContainerDoc, 'liveness' | 'readiness' | 'startup'>;

export interface ProbeSurroundings {
  readonly context: FactContext;
  readonly container: PodContainer;
  readonly state: StatePart;
  /** Events of this container that are not stale. */
  readonly events: readonly KubeEvent[];
  /** Ports it is known to serve besides those it declares: heard of in its log, or targeted by Services. */
  readonly servedPorts: readonly number[];
}

const NAMES: readonly ProbeName[] = ['liveness', 'readiness', 'startup'];

type Bare = Record<ProbeName, ProbeDoc | null>;

interface Quiet {
  readonly servedPorts: readonly number[];
  readonly bare: Bare;
}

const quiet = new WeakMap<FactContext, Map<ContainerSpec, Quiet>>();

/** The three probes, each with its failures and compared with the others. */
export function probesPart(surroundings: ProbeSurroundings): ProbesPart {
  const bare = surroundings.events.some(({ reason }) => reason === 'Unhealthy') ? bareProbes(surroundings) : quietProbes(surroundings);
  return {
    liveness: compared(surroundings, bare, 'liveness'),
    readiness: compared(surroundings, bare, 'readiness'),
    startup: compared(surroundings, bare, 'startup'),
  };
}

/** Of which no event speaks, they are the same in all pods of one template, whose parts are one and the same object. */
function quietProbes(surroundings: ProbeSurroundings): Bare {
  const { context, container, servedPorts } = surroundings;
  const ofRun = quiet.get(context) ?? new Map<ContainerSpec, Quiet>();
  quiet.set(context, ofRun);
  const known = ofRun.get(container.spec);
  if (known?.servedPorts === servedPorts) return known.bare;
  const bare = bareProbes(surroundings);
  ofRun.set(container.spec, { servedPorts, bare });
  return bare;
}

function bareProbes(surroundings: ProbeSurroundings): Bare {
  const { spec } = surroundings.container;
  return Object.fromEntries(NAMES.map((name) => [name, probeDoc(surroundings, name, spec[`${name}Probe`])])) as Bare;
}

function probeDoc(surroundings: ProbeSurroundings, name: ProbeName, probe: Probe | undefined): ProbeDoc | null {
  const kind = kindOf(probe);
  if (probe === undefined || kind === undefined) return null;
  const { context, container, events, servedPorts } = surroundings;
  const given = probe.httpGet?.port ?? probe.tcpSocket?.port ?? probe.grpc?.port;
  const port = portNumber(container.spec, given);
  const known = knownPorts(container, servedPorts);
  const { count, newest } = probeFailures(events, name);
  const message = newest?.message ?? null;
  const timing = timingOf(probe);
  return {
    kind,
    port,
    port_name: typeof given === 'string' && Number.isNaN(Number(given)) ? given : null,
    path: probe.httpGet ? (probe.httpGet.path ?? '/') : null,
    scheme: probe.httpGet ? (probe.httpGet.scheme ?? 'HTTP') : null,
    command: probe.exec?.command?.join(' ') ?? null,
    ...timing,
    budget_s: timing.initial_delay_s + timing.period_s * timing.failure_threshold,
    port_known: port === null ? (given === undefined ? null : false) : known.length === 0 ? null : known.includes(port),
    known_ports: known.length === 0 ? null : known.join(', '),
    failures: count,
    failed_s: newest === undefined ? null : ageSeconds(context, eventTime(newest)),
    error: message === null ? null : errorOf(message, kind),
    status: statusOf(message ?? ''),
    message: message === null ? null : reasonOf(message),
    other_passes: false,
    differs: [],
    other: null,
  };
}

function kindOf(probe: Probe | undefined): ProbeDoc['kind'] | undefined {
  if (probe?.httpGet) return 'http';
  if (probe?.tcpSocket) return 'tcp';
  if (probe?.grpc) return 'grpc';
  return probe?.exec ? 'exec' : undefined;
}

/** The API's defaults: k8s.io/api core/v1 Probe. */
function timingOf(probe: Probe): Pick<ProbeDoc, 'initial_delay_s' | 'period_s' | 'timeout_s' | 'failure_threshold'> {
  return {
    initial_delay_s: probe.initialDelaySeconds ?? 0,
    period_s: probe.periodSeconds ?? 10,
    timeout_s: probe.timeoutSeconds ?? 1,
    failure_threshold: probe.failureThreshold ?? 3,
  };
}

function portNumber(spec: ContainerSpec, port: number | string | undefined): number | null {
  if (port === undefined) return null;
  if (!Number.isNaN(Number(port))) return Number(port);
  return spec.ports?.find(({ name }) => name === port)?.containerPort ?? null;
}

function knownPorts({ spec }: PodContainer, served: readonly number[]): number[] {
  const declared = (spec.ports ?? []).filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP').map(({ containerPort }) => containerPort);
  return [...new Set([...declared, ...served])].sort((a, b) => a - b);
}

const ERRORS: readonly (readonly [RegExp, NonNullable<ProbeDoc['error']>])[] = [
  [/malformed HTTP|HTTP\/1\.x transport connection broken|http2: frame too large|error reading server preface/i, 'not-http'],
  [/server gave HTTP response to HTTPS client|first record does not look like a TLS handshake|tls: |x509:|remote error: tls/i, 'tls-mismatch'],
  [/does not implement the grpc health protocol/i, 'grpc-unimplemented'],
  [/service unhealthy \(responded with|NOT_SERVING/i, 'unhealthy'],
  [/HTTP probe failed with statuscode: \d+/i, 'http-status'],
  [/connection refused/i, 'refused'],
  [/deadline exceeded|Client\.Timeout|i\/o timeout|did not complete within|timed out|timeout:/i, 'timeout'],
  [/no route to host|network is unreachable|connection reset/i, 'unreachable'],
  [/": EOF$|\bEOF\b/, 'not-http'],
];

/** What kind of failure the kubelet's message tells of (pkg/probe: http, tcp, grpc, exec). */
function errorOf(message: string, kind: ProbeDoc['kind']): NonNullable<ProbeDoc['error']> {
  const text = reasonOf(message);
  // "timeout: command …" is the kubelet's; anything else is what the command itself printed.
  if (kind === 'exec') return /^command ".*" timed out|^command timed out|context deadline exceeded/.test(text) ? 'timeout' : 'command';
  return ERRORS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** The message without the kubelet's opening words. */
function reasonOf(message: string): string {
  return message.replace(/^\w+ probe (?:failed|errored)(?: and resulted in unknown state)?: /, '').trim();
}

function statusOf(message: string): number | null {
  const status = /statuscode: (\d+)/.exec(message)?.[1];
  return status === undefined ? null : Number(status);
}

function compared({ state }: ProbeSurroundings, probes: Bare, name: ProbeName): ProbeDoc | null {
  const probe = probes[name];
  const otherName = name === 'readiness' ? 'liveness' : 'readiness';
  const other = probes[otherName];
  if (probe === null || other === null) return probe;
  const ran = Math.max(state.running_s ?? 0, state.termination?.ran_s ?? 0);
  const isReady = otherName === 'readiness' && state.ready === true;
  // A few failures belong to every start; a probe that passes between them fails far less often.
  const passes = other.failures * 3 <= probe.failures && (isReady || ran > other.initial_delay_s + other.period_s);
  return {
    ...probe,
    other_passes: passes,
    differs: (['port', 'kind', 'path', 'scheme'] as const).filter((field) => probe[field] !== other[field]),
    other: `${otherName} probe (${other.kind}${other.port === null ? '' : `, port ${other.port}`}${other.path === null ? '' : `, path ${other.path}`})`,
  };
}

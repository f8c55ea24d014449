import { EFFECTS, type Effect } from '../domain/effect.ts';
import type { EdgeType } from '../topology/graph.ts';

/**
 * Where the effect may lie, seen from the cause. `same`: on the same pods or workload. `store`: on another workload that calls
 * what the Job at fault calls. `anywhere`: in the whole cluster.
 * The rest are ways of need that lead from the one that suffers to the cause.
 */
export type Where = 'same' | 'store' | 'anywhere' | Way;
export type Way =
  | 'traffic'
  | 'selection'
  | 'routing'
  | 'host'
  | 'host-of-dependency'
  | 'storage'
  | 'configuration'
  | 'admission'
  | 'names'
  | 'policy'
  | 'disturbance'
  | 'agents';

/** The edge types that each way may take. `runs-as` leads from a workload to its pods; it is open on every way. */
export const WAYS: Readonly<Record<Way, readonly EdgeType[]>> = {
  selection: ['selects'],
  routing: ['routes-to', 'selects'],
  traffic: ['calls', 'depends-on', 'routes-to', 'selects'],
  host: ['runs-on'],
  'host-of-dependency': ['calls', 'depends-on', 'routes-to', 'selects', 'runs-on'],
  storage: ['mounts', 'binds', 'provisioned-by', 'made-from'],
  configuration: ['reads', 'mounts', 'uses', 'owned-by', 'made-from'],
  admission: ['admitted-by'],
  names: ['resolves-with', 'selects'],
  policy: ['restricted-by', 'calls', 'depends-on', 'selects'],
  disturbance: ['disturbed-by', 'calls', 'depends-on', 'routes-to', 'selects'],
  agents: ['runs-on', 'uses', 'owned-by'],
};

/**
 * How firm the explained finding may be in itself. `any`: even a proven cause is only a link (a database that refuses has a
 * reason of its own). `named`: the same, but only where it names what it lacks: the cause, or the Secret or ConfigMap that leads to it.
 * `unproven`: a decisive cause stands by itself. `symptom`: only symptoms are explained this way.
 */
type Explains = 'any' | 'named' | 'unproven' | 'symptom';

export interface Mechanism {
  readonly from: readonly Effect[];
  readonly to: readonly Effect[];
  readonly where: readonly Where[];
  readonly explains: Explains;
}

/** Troubles of pods, in the order of a pod's life. */
const BEFORE_START = ['not-created', 'not-scheduled', 'image-not-pulled', 'not-configured', 'volume-not-mounted', 'sandbox-failed'] as const;
const IN_RUN = ['crashing', 'killed', 'not-ready', 'evicted', 'terminating'] as const;
const POD_TROUBLE = [...BEFORE_START, ...IN_RUN] as const satisfies readonly Effect[];
const NOT_SERVING = [...POD_TROUBLE, 'unavailable', 'rollout-stuck'] as const satisfies readonly Effect[];
const UNREACHABLE = [
  ...NOT_SERVING,
  'no-endpoints',
  'misrouted',
  'degraded',
  'dependency-failing',
  'schema-missing',
  'name-unresolvable',
] as const satisfies readonly Effect[];
/** Faults of other objects that show on the workload which they hurt. */
const HURTS_WORKLOADS = [
  'quota-exhausted',
  'admission-blocked',
  'node-excluded',
  'claim-unbound',
  'volume-unusable',
  'control-plane-down',
] as const satisfies readonly Effect[];
const NODE_TROUBLE = ['node-down', 'node-pressure', 'network-degraded'] as const satisfies readonly Effect[];

/** Which effect can lead to which, and where. One row, one mechanism; the first that fits is taken. */
export const MECHANISMS: readonly Mechanism[] = [
  // A pod that does not start or stay up is the reason for what its controllers and probes report.
  { from: POD_TROUBLE, to: ['unavailable', 'rollout-stuck', 'job-failed', 'degraded'], where: ['same'], explains: 'unproven' },
  { from: BEFORE_START, to: ['not-ready'], where: ['same'], explains: 'unproven' },
  { from: ['crashing', 'killed', 'evicted', 'terminating'], to: ['not-ready'], where: ['same'], explains: 'unproven' },
  { from: ['killed'], to: ['crashing'], where: ['same'], explains: 'unproven' },
  { from: ['evicted'], to: ['not-scheduled'], where: ['same'], explains: 'unproven' },
  { from: HURTS_WORKLOADS, to: ['unavailable', 'rollout-stuck', 'not-ready', 'job-failed'], where: ['same'], explains: 'unproven' },
  { from: ['rollout-stuck'], to: ['unavailable', 'degraded'], where: ['same'], explains: 'unproven' },
  // What is wrong with the pods is right in the template already.
  { from: ['repair-withheld'], to: [...POD_TROUBLE, 'unavailable', 'rollout-stuck', 'degraded'], where: ['same'], explains: 'any' },
  { from: ['unavailable', 'degraded', 'job-failed'], to: ['rollout-stuck'], where: ['same'], explains: 'unproven' },
  { from: ['degraded'], to: ['not-ready', 'killed'], where: ['same'], explains: 'unproven' },

  // What a process needs and does not get makes it exit, or fail its probes.
  {
    from: ['dependency-failing', 'schema-missing', 'name-unresolvable', 'traffic-blocked', 'certificate-invalid'],
    to: ['not-ready', 'crashing', 'killed', 'job-failed', 'degraded', 'unavailable', 'rollout-stuck'],
    where: ['same'],
    explains: 'unproven',
  },
  { from: ['name-unresolvable'], to: ['dependency-failing'], where: ['same'], explains: 'unproven' },

  // A table is missing when the Job that should have made it failed.
  { from: [...POD_TROUBLE, 'job-failed'], to: ['schema-missing'], where: ['store'], explains: 'unproven' },

  // Traffic: workload -> Service -> Ingress and callers.
  { from: NOT_SERVING, to: ['no-endpoints'], where: ['selection', 'same'], explains: 'any' },
  { from: ['degraded'], to: ['no-endpoints'], where: ['selection'], explains: 'unproven' },
  { from: ['misrouted'], to: ['no-endpoints'], where: ['same'], explains: 'unproven' },
  { from: ['traffic-blocked'], to: ['no-endpoints'], where: ['policy'], explains: 'unproven' },
  { from: HURTS_WORKLOADS, to: ['no-endpoints'], where: ['selection'], explains: 'any' },
  { from: HURTS_WORKLOADS, to: ['ingress-broken'], where: ['routing'], explains: 'unproven' },
  { from: HURTS_WORKLOADS, to: ['dependency-failing'], where: ['traffic'], explains: 'any' },
  { from: UNREACHABLE, to: ['ingress-broken'], where: ['routing'], explains: 'unproven' },
  { from: [...UNREACHABLE, 'job-failed', 'volume-unusable'], to: ['dependency-failing'], where: ['traffic'], explains: 'any' },
  { from: UNREACHABLE, to: ['name-unresolvable'], where: ['traffic'], explains: 'unproven' },
  { from: UNREACHABLE, to: ['degraded', 'not-ready', 'unavailable'], where: ['traffic'], explains: 'symptom' },
  { from: ['job-failed'], to: ['crashing', 'not-ready', 'not-configured'], where: ['traffic'], explains: 'unproven' },
  { from: ['traffic-blocked'], to: ['dependency-failing'], where: ['policy'], explains: 'any' },
  { from: ['traffic-blocked'], to: ['name-unresolvable', 'not-ready', 'killed', 'degraded', 'ingress-broken'], where: ['policy'], explains: 'unproven' },
  { from: ['certificate-invalid'], to: ['dependency-failing', 'api-unavailable', 'admission-blocked'], where: ['traffic', 'configuration'], explains: 'any' },
  { from: ['certificate-invalid'], to: ['ingress-broken'], where: ['routing', 'configuration'], explains: 'any' },
  { from: ['certificate-invalid', 'unavailable', 'degraded'], to: ['not-configured', 'volume-not-mounted'], where: ['configuration'], explains: 'any' },
  // Settings that were changed are read by several: what fails in them is a process.
  {
    from: ['misconfigured'],
    to: [...IN_RUN, 'not-configured', 'dependency-failing', 'name-unresolvable', 'job-failed', 'degraded', 'unavailable', 'rollout-stuck'],
    where: ['configuration'],
    explains: 'unproven',
  },
  // What a controller should have made is not there: its users cannot start, and an issuer that fails leaves certificates unmade.
  {
    from: ['not-produced'],
    to: ['not-configured', 'volume-not-mounted', 'image-not-pulled', 'ingress-broken', 'certificate-invalid', 'not-produced'],
    where: ['configuration'],
    explains: 'named',
  },
  // A controller that does not run, or the hook that a release waits for, leaves what it should make unmade.
  { from: [...NOT_SERVING, 'job-failed'], to: ['not-produced'], where: ['configuration'], explains: 'any' },

  // An experiment is made on purpose: what a disturbed process or network shows has that reason, whatever proves the trouble itself.
  {
    from: ['disturbed'],
    to: ['killed', 'not-ready', 'degraded', 'network-degraded', 'node-pressure', 'no-endpoints', 'dependency-failing', 'unavailable'],
    where: ['disturbance'],
    explains: 'any',
  },
  { from: ['disturbed'], to: ['crashing', 'rollout-stuck', 'job-failed', 'ingress-broken', 'name-unresolvable'], where: ['disturbance'], explains: 'unproven' },
  {
    from: ['traffic-disturbed'],
    to: ['degraded', 'network-degraded', 'dependency-failing', 'name-unresolvable', 'not-ready', 'no-endpoints', 'ingress-broken'],
    where: ['disturbance'],
    explains: 'any',
  },
  {
    from: ['traffic-disturbed'],
    to: ['killed', 'crashing', 'unavailable', 'rollout-stuck', 'job-failed', 'admission-blocked', 'api-unavailable', 'schema-missing'],
    where: ['disturbance'],
    explains: 'unproven',
  },

  // Names.
  { from: [...NOT_SERVING, 'no-endpoints', 'degraded', 'dependency-failing', 'misrouted'], to: ['dns-down'], where: ['same', 'selection'], explains: 'any' },
  { from: ['dns-down'], to: ['name-unresolvable', 'dependency-failing'], where: ['names', 'anywhere'], explains: 'unproven' },
  { from: [...NOT_SERVING, 'no-endpoints', 'misrouted', 'degraded'], to: ['name-unresolvable'], where: ['names'], explains: 'unproven' },

  // Nodes.
  { from: ['network-degraded', 'node-pressure'], to: ['node-down'], where: ['same'], explains: 'symptom' },
  {
    from: NODE_TROUBLE,
    to: [...IN_RUN, 'unavailable', 'rollout-stuck', 'job-failed', 'sandbox-failed', 'volume-not-mounted', 'image-not-pulled', 'name-unresolvable', 'degraded'],
    where: ['host'],
    explains: 'unproven',
  },
  { from: NODE_TROUBLE, to: ['no-endpoints', 'ingress-broken', 'dependency-failing'], where: ['host', 'host-of-dependency'], explains: 'unproven' },
  { from: ['node-down', 'node-pressure', 'node-excluded'], to: ['not-scheduled'], where: ['host', 'anywhere'], explains: 'unproven' },
  { from: ['node-down', 'node-pressure'], to: ['control-plane-down', 'dns-down'], where: ['host'], explains: 'any' },
  // What makes the network of a node runs on it as a pod.
  { from: NOT_SERVING, to: ['network-degraded', 'node-down'], where: ['agents'], explains: 'any' },
  { from: NOT_SERVING, to: ['sandbox-failed'], where: ['agents'], explains: 'any' },

  // Storage.
  { from: ['claim-unbound'], to: ['not-scheduled', 'volume-not-mounted', 'not-created'], where: ['storage'], explains: 'any' },
  { from: ['volume-unusable'], to: ['volume-not-mounted', 'not-scheduled', 'claim-unbound'], where: ['storage'], explains: 'any' },
  { from: ['volume-unusable'], to: ['crashing', 'killed', 'not-ready', 'degraded', 'terminating'], where: ['storage'], explains: 'unproven' },
  { from: NOT_SERVING, to: ['claim-unbound', 'volume-unusable'], where: ['storage'], explains: 'any' },
  { from: ['node-down'], to: ['volume-unusable', 'terminating'], where: ['host'], explains: 'unproven' },

  // Admission and control.
  {
    from: ['quota-exhausted', 'admission-blocked'],
    to: ['not-created', 'claim-unbound', 'rollout-stuck', 'unavailable', 'scaling-blocked'],
    where: ['admission'],
    explains: 'unproven',
  },
  { from: [...UNREACHABLE], to: ['admission-blocked', 'api-unavailable'], where: ['traffic'], explains: 'any' },
  { from: ['api-unavailable'], to: ['scaling-blocked'], where: ['configuration'], explains: 'any' },
  { from: ['api-unavailable'], to: ['scaling-blocked', 'terminating', 'not-created'], where: ['anywhere'], explains: 'unproven' },
  { from: NOT_SERVING, to: ['control-plane-down'], where: ['same', 'selection'], explains: 'any' },
  {
    from: ['control-plane-down'],
    to: ['not-scheduled', 'not-created', 'rollout-stuck', 'unavailable', 'scaling-blocked', 'terminating', 'api-unavailable', 'claim-unbound'],
    where: ['anywhere'],
    explains: 'unproven',
  },
  { from: ['scaling-blocked'], to: ['degraded', 'not-ready', 'killed'], where: ['same'], explains: 'unproven' },
];

/** The rows by which `from` can lead to `to`, in table order. */
export function mechanismsBetween(from: Effect, to: Effect): readonly Mechanism[] {
  return TABLE.get(from)?.get(to) ?? [];
}

const TABLE: ReadonlyMap<Effect, ReadonlyMap<Effect, readonly Mechanism[]>> = new Map(
  EFFECTS.map((from) => {
    const rows = MECHANISMS.filter((row) => row.from.includes(from));
    return [from, new Map(rows.flatMap((row) => row.to).map((to) => [to, rows.filter((row) => row.to.includes(to))]))];
  }),
);

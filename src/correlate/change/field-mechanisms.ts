import type { Effect } from '../../domain/effect.ts';

/** How long after a change its fault may still begin. */
export const AT_ONCE_MS = 2 * 3_600_000;
export const IN_TIME_MS = 24 * 3_600_000;

/** By what a changed field leads to a fault. */
export interface FieldMechanism {
  /** On the path in the object; that of a pod template without what leads to it. */
  readonly field: RegExp;
  readonly effects: readonly Effect[];
  /** Cause ids; all where it is left out. */
  readonly causes?: RegExp;
  readonly except?: RegExp;
  /** Only where the finding speaks of the field or of its value: it would explain too much otherwise. */
  readonly spoken?: boolean;
  /** Which way a quantity must have gone; a limit that was not there before counts as lower, a request as higher. */
  readonly direction?: 'lower' | 'higher';
  readonly withinMs: number;
  readonly says: string;
}

const CONTAINER = String.raw`^spec\.(?:initC|c)ontainers\[name=[^\]]+\]\.`;
const of = (rest: string): RegExp => new RegExp(`${CONTAINER}${rest}`);
const now = (row: Omit<FieldMechanism, 'withinMs'>): FieldMechanism => ({ ...row, withinMs: AT_ONCE_MS });
const inTime = (row: Omit<FieldMechanism, 'withinMs'>): FieldMechanism => ({ ...row, withinMs: IN_TIME_MS });

export const IN_PROCESS = ['crashing', 'killed', 'not-ready', 'job-failed', 'degraded'] as const satisfies readonly Effect[];
/** Faults that no code and no variable of the container makes. */
export const NOT_OF_CODE =
  /disk-full|limit-reached|leader-election|licence|overlap|sidecar|network|packet|dns-upstream|certificate|lock-contention|architecture/;
const REFERS = ['not-configured', 'volume-not-mounted', 'not-created'] as const satisfies readonly Effect[];

/** Fields of a pod template. The first row that fits is the mechanism: what is exact stands before what is general. */
export const TEMPLATE_MECHANISMS: readonly FieldMechanism[] = [
  now({ field: of('image$'), effects: ['image-not-pulled'], says: 'It is this image that cannot be pulled.' }),
  now({ field: of('imagePullPolicy$'), effects: ['image-not-pulled'], causes: /policy/, says: 'The policy decides whether the image is pulled.' }),
  now({
    field: /^spec\.imagePullSecrets/,
    effects: ['image-not-pulled'],
    causes: /secret|credentials|private/,
    says: 'The registry is asked with other credentials.',
  }),
  inTime({
    field: of(String.raw`resources\.limits\.memory$`),
    effects: ['killed', 'crashing', 'degraded'],
    causes: /memory|heap/,
    direction: 'lower',
    says: 'The lower limit is below what the container uses.',
  }),
  inTime({
    field: of(String.raw`resources\.limits\.cpu$`),
    effects: ['killed', 'not-ready', 'degraded'],
    causes: /cpu|probe/,
    direction: 'lower',
    says: 'The process gets less CPU than it needs, and answers too late.',
  }),
  inTime({
    field: of(String.raw`resources\.limits\.ephemeral-storage$`),
    effects: ['evicted'],
    causes: /ephemeral/,
    direction: 'lower',
    says: 'The lower limit is below what the container writes.',
  }),
  inTime({
    field: /\.emptyDir\.sizeLimit$/,
    effects: ['evicted'],
    causes: /ephemeral/,
    direction: 'lower',
    says: 'The lower limit is below what the container writes.',
  }),
  now({
    field: of(String.raw`resources\.(?:requests|limits)\.`),
    effects: ['not-scheduled', 'not-created', 'quota-exhausted', 'admission-blocked'],
    causes: /request|insufficient|no-node-fits|quota|limit-range/,
    direction: 'higher',
    says: 'The pods ask for more than can be given.',
  }),
  now({
    field: of(String.raw`resources\.(?:requests|limits)`),
    effects: ['not-created', 'admission-blocked'],
    causes: /quota|limit-range/,
    says: 'What the pods ask for is refused.',
  }),
  now({
    field: of('livenessProbe'),
    effects: ['killed', 'not-ready'],
    causes: /liveness|cpu-limit/,
    says: 'It is this probe that fails.',
  }),
  now({ field: of('startupProbe'), effects: ['killed', 'not-ready'], causes: /startup|cpu-limit/, says: 'It is this probe that fails.' }),
  now({ field: of('readinessProbe'), effects: ['not-ready'], causes: /readiness|cpu-limit|not-ready/, says: 'It is this probe that fails.' }),
  now({ field: of('lifecycle'), effects: ['killed', 'crashing', 'terminating'], causes: /hook|terminat/, says: 'It is this hook that fails.' }),
  now({ field: of(String.raw`env\[name=[^\]]+\]\.valueFrom`), effects: REFERS, says: 'It is this reference that leads nowhere.' }),
  now({ field: of('envFrom'), effects: REFERS, says: 'It is this reference that leads nowhere.' }),
  now({
    field: of('volumeMounts'),
    effects: [...REFERS, 'crashing'],
    causes: /sub-path|config|permission|command|not-mounted/,
    says: 'The container finds other files there.',
  }),
  now({
    field: /^spec\.volumes/,
    effects: [...REFERS, 'not-scheduled', 'sandbox-failed'],
    causes: /claim|config|secret|host-path|volume|sub-path/,
    says: 'It is this volume that cannot be mounted.',
  }),
  now({
    field: /^spec\.serviceAccount(?:Name)?$/,
    effects: ['not-created', 'dependency-failing', 'crashing', 'volume-not-mounted'],
    causes: /service-account|rbac|permission|forbidden/,
    says: 'The pods run as another account.',
  }),
  now({
    field: /^spec\.(?:nodeSelector|affinity|tolerations|topologySpreadConstraints|nodeName|schedulerName|schedulingGates)/,
    effects: ['not-scheduled'],
    says: 'The pods ask for other nodes.',
  }),
  now({ field: of('ports.*hostPort$'), effects: ['not-scheduled'], causes: /host-port/, says: 'The port is taken on the nodes.' }),
  now({
    field: /^spec\.hostNetwork$/,
    effects: ['not-scheduled', 'crashing', 'name-unresolvable'],
    causes: /port|dns/,
    says: 'The pods share the network of their node.',
  }),
  now({
    field: /^spec\.(?:priorityClassName|runtimeClassName)$/,
    effects: ['not-created', 'sandbox-failed', 'not-scheduled'],
    causes: /class|handler/,
    says: 'It is this class that is not to be had.',
  }),
  now({
    field: /securityContext/,
    effects: ['not-configured', 'not-created', 'crashing', 'volume-not-mounted'],
    causes: /permission|root|security|privileged|denied/,
    says: 'The process runs with other rights.',
  }),
  now({ field: /^spec\.(?:dnsPolicy|dnsConfig|hostAliases)/, effects: ['name-unresolvable', 'dependency-failing'], says: 'Names are resolved another way.' }),
  now({
    field: of(String.raw`(?:command|args)(?:\[|$)`),
    effects: ['crashing', 'not-configured', 'killed', 'not-ready', 'job-failed'],
    says: 'The container runs another command.',
  }),
  now({ field: of('workingDir$'), effects: ['crashing', 'not-configured'], says: 'The command runs in another folder.' }),
  now({ field: of('ports'), effects: ['not-ready', 'killed'], causes: /port/, says: 'The probe asks the port by this name.' }),
  inTime({ field: of('image$'), effects: IN_PROCESS, except: NOT_OF_CODE, says: 'The container runs other code.' }),
  inTime({ field: of(String.raw`env\[name=`), effects: IN_PROCESS, except: NOT_OF_CODE, says: 'The process reads this variable.' }),
  inTime({
    field: of(String.raw`env\[name=`),
    effects: ['dependency-failing', 'name-unresolvable'],
    spoken: true,
    says: 'The process takes the address from this variable.',
  }),
  inTime({
    field: of('(?:args|command)$'),
    effects: ['dependency-failing', 'name-unresolvable'],
    spoken: true,
    says: 'The process takes the address from its arguments.',
  }),
];

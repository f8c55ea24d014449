import { AT_ONCE_MS, type FieldMechanism, IN_PROCESS, IN_TIME_MS, NOT_OF_CODE } from './field-mechanisms.ts';

/** By what a changed field of an object leads to a fault. */
export interface ObjectMechanism extends FieldMechanism {
  readonly kinds: readonly string[];
  /** The field as it is now is the fault: it began with the change, also where no sign of it has a time. */
  readonly isTheFault?: boolean;
}

/** Stands for the making of an object: a policy that was not there before. */
export const MADE = 'metadata.creationTimestamp';

const now = (kinds: readonly string[], row: Omit<ObjectMechanism, 'kinds' | 'withinMs'>): ObjectMechanism => ({ kinds, withinMs: AT_ONCE_MS, ...row });
const inTime = (kinds: readonly string[], row: Omit<ObjectMechanism, 'kinds' | 'withinMs'>): ObjectMechanism => ({ kinds, withinMs: IN_TIME_MS, ...row });

const WEBHOOKS = ['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'];
const SETTINGS = ['ConfigMap', 'Secret'];

/** Fields of objects that are no pod templates. The first row that fits is the mechanism. */
export const OBJECT_MECHANISMS: readonly ObjectMechanism[] = [
  now(['Service'], {
    field: /^spec\.selector/,
    effects: ['no-endpoints', 'misrouted'],
    isTheFault: true,
    says: 'The selector decides which pods get the traffic.',
  }),
  now(['Service'], {
    field: /^spec\.ports/,
    effects: ['misrouted', 'no-endpoints', 'dependency-failing'],
    causes: /port|protocol|endpoint|unreachable/,
    isTheFault: true,
    says: 'It is to this port that the traffic goes.',
  }),
  now(['Service'], {
    field: /^spec\.(?:externalName|type|clusterIP)/,
    effects: ['misrouted', 'name-unresolvable'],
    isTheFault: true,
    says: 'It is there that the name leads.',
  }),
  now(['Ingress'], { field: /^spec\./, effects: ['ingress-broken', 'certificate-invalid'], isTheFault: true, says: 'It is by this that requests are led.' }),
  now(['NetworkPolicy'], { field: /^spec\.|creationTimestamp/, effects: ['traffic-blocked'], says: 'The policy decides which traffic passes.' }),
  inTime(['ResourceQuota'], {
    field: /^spec\.hard/,
    effects: ['quota-exhausted', 'not-created'],
    direction: 'lower',
    says: 'The lower quota does not hold what is asked for.',
  }),
  inTime(['ResourceQuota'], { field: /creationTimestamp/, effects: ['quota-exhausted', 'not-created'], says: 'There was no such quota before.' }),
  inTime(['LimitRange'], { field: /^spec\.|creationTimestamp/, effects: ['admission-blocked', 'not-created'], says: 'It decides what a pod may ask for.' }),
  now(WEBHOOKS, { field: /^webhooks|creationTimestamp/, effects: ['admission-blocked', 'not-created'], says: 'It is asked before anything is made.' }),
  inTime(['HorizontalPodAutoscaler'], { field: /^spec\./, effects: ['scaling-blocked'], says: 'It is by this that the autoscaler decides.' }),
  inTime(['PodDisruptionBudget'], { field: /^spec\.|creationTimestamp/, effects: ['terminating'], says: 'The budget decides which pods may be moved.' }),
  now(['Deployment', 'StatefulSet', 'ReplicaSet'], {
    field: /^spec\.replicas$/,
    effects: ['unavailable', 'no-endpoints'],
    causes: /scaled|replicas/,
    direction: 'lower',
    isTheFault: true,
    says: 'Nothing is left that could answer.',
  }),
  now(['Deployment', 'StatefulSet'], {
    field: /^spec\.replicas$/,
    effects: ['not-scheduled', 'quota-exhausted', 'not-created'],
    causes: /insufficient|quota|no-node|pod-limit|affinity|spread/,
    direction: 'higher',
    says: 'More pods are wanted than there is room for.',
  }),
  now(['Deployment'], { field: /^spec\.paused$/, effects: ['rollout-stuck'], isTheFault: true, says: 'A paused rollout does not go on.' }),
  now(['CronJob'], {
    field: /^spec\.(?:schedule|suspend|concurrencyPolicy|startingDeadlineSeconds|timeZone)$/,
    effects: ['job-failed'],
    causes: /cron/,
    says: 'It decides when jobs are started.',
  }),
  now(['Node'], { field: /^spec\.(?:unschedulable|taints)/, effects: ['node-excluded'], isTheFault: true, says: 'It keeps pods off the node.' }),
  inTime(SETTINGS, { field: /^data/, effects: [...IN_PROCESS, 'not-configured', 'misconfigured'], except: NOT_OF_CODE, says: 'The process reads this.' }),
  inTime(SETTINGS, { field: /^data/, effects: ['dependency-failing', 'name-unresolvable'], spoken: true, says: 'The process takes the address from this.' }),
];

import * as z from 'zod';

/**
 * What a fault does to the object it is found on. Chains are built from these: which effect can lead to which, and along
 * which dependency, is the table in correlate/mechanisms.ts.
 */
export const effectSchema = z.enum([
  'not-created',
  'not-produced',
  'not-scheduled',
  'image-not-pulled',
  'not-configured',
  'misconfigured',
  'volume-not-mounted',
  'sandbox-failed',
  'crashing',
  'killed',
  'not-ready',
  'evicted',
  'terminating',
  'unavailable',
  'rollout-stuck',
  'repair-withheld',
  'job-failed',
  'dependency-failing',
  'schema-missing',
  'name-unresolvable',
  'no-endpoints',
  'misrouted',
  'ingress-broken',
  'traffic-blocked',
  'claim-unbound',
  'volume-unusable',
  'node-down',
  'node-pressure',
  'node-excluded',
  'network-degraded',
  'degraded',
  'admission-blocked',
  'quota-exhausted',
  'scaling-blocked',
  'dns-down',
  'api-unavailable',
  'control-plane-down',
  'certificate-invalid',
]);
export type Effect = z.infer<typeof effectSchema>;

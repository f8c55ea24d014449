import * as z from 'zod';
import { conditionMapSchema } from './shapes.ts';

/**
 * What rules see of a resource of an add-on: Gateway, HTTPRoute, VolumeSnapshot, Certificate, Issuer, ClusterIssuer,
 * ExternalSecret, SealedSecret; Application, Rollout, Canary, Kustomization, HelmRelease; ClusterServiceVersion, Subscription,
 * InstallPlan; and HelmReleaseRecord, a Secret in which Helm keeps a release. Every key is present; null where it could not be read. Beside it stand as texts the conditions
 * that tell of trouble, those of the route's parents and the Gateway's listeners among them, and its events.
 */
export const resourceDocSchema = z.object({
  kind: z.string(),
  name: z.string(),
  namespace: z.string().nullable(),
  age_s: z.number().nullable(),
  deleting: z.boolean(),
  answered: z.boolean().describe('its controller has written a status for it'),
  ready: z.string().nullable().describe('True, False or Unknown, by the condition that sums up the kind: Ready, Synced, Programmed, readyToUse'),
  phase: z.string().nullable().describe('the word for its state that the kind itself has: Failed, Degraded, Paused, OutOfSync, pending-upgrade'),
  phase_s: z.number().nullable().describe('seconds in that phase, where the object tells'),
  stale: z.boolean().describe('its controller has not looked at the newest spec'),
  operator: z
    .object({ kind: z.string(), name: z.string(), namespace: z.string(), ready: z.number(), wanted: z.number() })
    .nullable()
    .describe('the workload of its controller, where that was read'),
  not_ready_s: z.number().nullable().describe('seconds since that condition left True; since its creation where it never was'),
  hosts: z.string().describe('names that it answers for: "shop.example, api.example"; "any host" without'),
  class: z.string().nullable().describe('the class of a Gateway'),
  missing: z.array(z.string()).describe('what it refers to and certainly does not exist: "Service shop/web"'),
  issuer: z.string().nullable().describe('"ClusterIssuer acme"'),
  secret: z.string().nullable().describe('the Secret that it makes'),
  expires_in_s: z.number().nullable().describe('seconds until its certificate expires; below 0 since it has'),
  users: z.string().describe('who needs what it makes: "Deployment shop/a, Ingress shop/b"; "nothing that was read" without'),
  conditions: conditionMapSchema,
});
export type ResourceDoc = z.infer<typeof resourceDocSchema>;

import * as z from 'zod';
import type { Alert, ConnectivityCheck, NodeAllocation, NodeService, ServiceDependency } from '../domain/telemetry.ts';

const textMap = z.record(z.string(), z.string());
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));
/** Go's zero time: Prometheus and Alertmanager write it for "not yet". */
const ZERO_TIME = '0001-01-01';

/** An Alertmanager v2 alert, or one of Prometheus (`activeAt`, a plain `state`). */
export const alertSchema = z
  .object({
    labels: textMap,
    annotations: textMap.default({}),
    startsAt: time.optional(),
    activeAt: time.optional(),
    endsAt: time.optional(),
    state: z.string().optional(),
    status: z.union([z.object({ state: z.string().optional() }), z.string()]).optional(),
  })
  .transform((alert, context): Alert => {
    const startsAt = alert.startsAt ?? alert.activeAt;
    if (startsAt === undefined) context.addIssue('no time');
    const state = alert.state ?? (typeof alert.status === 'string' ? alert.status : alert.status?.state);
    const ends = alert.endsAt === undefined || alert.endsAt.startsWith(ZERO_TIME) ? {} : { endsAt: alert.endsAt };
    return { labels: alert.labels, annotations: alert.annotations, startsAt: startsAt ?? '', ...ends, ...(state === undefined ? {} : { state }) };
  });

export const nodeServiceSchema = z
  .object({
    node: z.string(),
    service: z.string(),
    active: z.string(),
    sub: z.string().default(''),
    since: z.string().nullable().default(null),
    output: z.string().default(''),
  })
  .transform((service): NodeService => service);

/** `reachable: null` is a check that did not run: it says neither yes nor no, and is left out. */
export const connectivitySchema = z
  .object({
    namespace: z.string(),
    service: z.string(),
    port: z.number().nullable().default(null),
    reachable: z.boolean().nullish(),
    output: z.string().default(''),
    checks: z.array(z.object({ fromNode: z.string(), reachable: z.boolean().nullish(), output: z.string().default('') })).default([]),
  })
  .transform(({ checks, reachable, ...rest }): ConnectivityCheck | undefined => {
    const answered = checks.flatMap((check) => (typeof check.reachable === 'boolean' ? [{ ...check, reachable: check.reachable }] : []));
    const overall = reachable ?? (answered.length === 0 ? undefined : answered.every((check) => check.reachable));
    return overall === undefined ? undefined : { ...rest, reachable: overall, checks: answered };
  });

export const serviceDependencySchema = z
  .object({ service: z.string(), namespace: z.string().optional(), upstream: z.array(z.string()).default([]), downstream: z.array(z.string()).default([]) })
  .transform(({ namespace, ...rest }): ServiceDependency => (namespace === undefined ? rest : { ...rest, namespace }));

export const nodeAllocationSchema = z
  .object({ node: z.string(), pods: z.array(z.object({ namespace: z.string(), name: z.string(), requests: textMap.default({}) })).default([]) })
  .transform((allocation): NodeAllocation => allocation);

import * as z from 'zod/mini';
import type { Alert, ConnectivityCheck, NodeAllocation, NodeService, ServiceDependency } from '../domain/telemetry.ts';

const textMap = z.record(z.string(), z.string());
const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
/** Go's zero time: Prometheus and Alertmanager write it for "not yet". */
const ZERO_TIME = '0001-01-01';
const text = z._default(z.string(), '');

/** An Alertmanager v2 alert, or one of Prometheus (`activeAt`, a plain `state`). */
export const alertSchema = z.pipe(
  z
    .object({
      labels: textMap,
      annotations: z._default(textMap, {}),
      startsAt: z.optional(time),
      activeAt: z.optional(time),
      endsAt: z.optional(time),
      state: z.optional(z.string()),
      status: z.optional(z.union([z.object({ state: z.optional(z.string()) }), z.string()])),
    })
    .check(z.refine(({ startsAt, activeAt }) => (startsAt ?? activeAt) !== undefined, { error: 'no time' })),
  z.transform((alert): Alert => {
    const state = alert.state ?? (typeof alert.status === 'string' ? alert.status : alert.status?.state);
    const ends = alert.endsAt === undefined || alert.endsAt.startsWith(ZERO_TIME) ? {} : { endsAt: alert.endsAt };
    return {
      labels: alert.labels,
      annotations: alert.annotations,
      startsAt: alert.startsAt ?? alert.activeAt ?? '',
      ...ends,
      ...(state === undefined ? {} : { state }),
    };
  }),
);

/** `since` is null where it is not known. */
export const nodeServiceSchema = z.object({
  node: z.string(),
  service: z.string(),
  active: z.string(),
  sub: text,
  since: z._default(z.nullable(z.string()), null),
  output: text,
}) satisfies z.ZodMiniType<NodeService>;

/** `reachable: null` is a check that did not run: it says neither yes nor no, and is left out. */
export const connectivitySchema = z.pipe(
  z.object({
    namespace: z.string(),
    service: z.string(),
    port: z._default(z.nullable(z.number()), null),
    reachable: z.nullish(z.boolean()),
    output: text,
    checks: z._default(z.array(z.object({ fromNode: z.string(), reachable: z.nullish(z.boolean()), output: text })), []),
  }),
  z.transform(({ checks, reachable, ...rest }): ConnectivityCheck | undefined => {
    const answered = checks.flatMap((check) => (typeof check.reachable === 'boolean' ? [{ ...check, reachable: check.reachable }] : []));
    const overall = reachable ?? (answered.length === 0 ? undefined : answered.every((check) => check.reachable));
    return overall === undefined ? undefined : { ...rest, reachable: overall, checks: answered };
  }),
);

const names = z._default(z.array(z.string()), []);
export const serviceDependencySchema = z.pipe(
  z.object({ service: z.string(), namespace: z.optional(z.string()), upstream: names, downstream: names }),
  z.transform(({ namespace, ...rest }): ServiceDependency => (namespace === undefined ? rest : { ...rest, namespace })),
);

export const nodeAllocationSchema = z.object({
  node: z.string(),
  pods: z._default(z.array(z.object({ namespace: z.string(), name: z.string(), requests: z._default(textMap, {}) })), []),
}) satisfies z.ZodMiniType<NodeAllocation>;

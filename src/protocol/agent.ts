import * as z from 'zod';

/** What the agent and its readers say to each other. Objects are passed on as Kubernetes spells them, so their insides are not described. */

const kubeObjectSchema = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });

export const objectPageSchema = z.object({
  items: z.array(kubeObjectSchema),
  continue: z.string().nullable().describe('the `continue` of the next page; null: this is the last'),
  problems: z.array(z.string()).describe('items that were left out, and why'),
  read_at: z.string(),
});

export const objectAnswerSchema = z.object({ object: kubeObjectSchema, read_at: z.string() });

export const logAnswerSchema = z.object({ text: z.string(), truncated: z.boolean(), read_at: z.string() });

export const clusterAnswerSchema = z.object({
  name: z.string().nullable().describe('what the agent calls its cluster'),
  server_version: z.string().nullable(),
  default_namespace: z.string().nullable(),
  namespaces: z.array(z.string()).nullable().describe('what may be read; null: all'),
  kinds: z.array(z.string()).describe('what may be read'),
  now: z.string().describe('the clock that ages are measured by'),
  version: z.string().describe('of the agent'),
});

export const accessAnswerSchema = z.object({
  ready: z.boolean(),
  checked_at: z.string().nullable(),
  api: z.object({ reachable: z.boolean(), server_version: z.string().nullable(), reason: z.string().nullable() }),
  identity: z.string().nullable().describe('as whom the agent reads'),
  needed: z.number().int().describe('permissions that an investigation makes use of'),
  missing: z.array(z.string()),
  undecided: z.array(z.string()).describe('permissions that the API server gave no answer about'),
});
export type AccessAnswer = z.infer<typeof accessAnswerSchema>;

const envSchema = z.object({
  name: z.string(),
  value: z.string().nullable().describe('never the value: `[redacted]` where there is one'),
  from: z.string().nullable(),
});
const quantitiesSchema = z.record(z.string(), z.string());
const containerSummarySchema = z.object({
  name: z.string(),
  type: z.enum(['app', 'init']),
  image: z.string().nullable(),
  ready: z.boolean(),
  restarts: z.number().int(),
  state: z.record(z.string(), z.unknown()).nullable(),
  last_state: z.record(z.string(), z.unknown()).nullable(),
  limits: quantitiesSchema,
  requests: quantitiesSchema,
  env: z.array(envSchema),
});
export type ContainerSummary = z.infer<typeof containerSummarySchema>;

export const podSummarySchema = z.object({
  namespace: z.string(),
  name: z.string(),
  phase: z.string().nullable(),
  reason: z.string().nullable(),
  message: z.string().nullable(),
  node: z.string().nullable(),
  owner: z.string().nullable(),
  created_at: z.string().nullable(),
  deleted_at: z.string().nullable(),
  conditions: z.array(z.record(z.string(), z.unknown())),
  containers: z.array(containerSummarySchema),
  read_at: z.string(),
});
export type PodSummary = z.infer<typeof podSummarySchema>;

export const tokenReviewWishSchema = z.strictObject({
  token: z.string().min(1).max(16_384),
  audiences: z.array(z.string().min(1).max(200)).max(10).optional(),
});
export const tokenReviewAnswerSchema = z.object({
  authenticated: z.boolean(),
  username: z.string().nullable(),
  groups: z.array(z.string()),
  audiences: z.array(z.string()),
});
export type TokenReviewAnswer = z.infer<typeof tokenReviewAnswerSchema>;

/** Of a page, at most: what a caller asks for is cut to it. */
export const PAGE_ITEMS = 2_000;

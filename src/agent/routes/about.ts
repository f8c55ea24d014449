import * as z from 'zod';
import { asCoded, coded } from '../../errors/coded-error.ts';
import { accessAnswerSchema, clusterAnswerSchema, tokenReviewAnswerSchema, tokenReviewWishSchema } from '../../protocol/agent.ts';
import { healthSchema } from '../../protocol/health.ts';
import { route } from '../route.ts';

const aliveSchema = z.object({ status: z.literal('ok') });

export const getLive = route({
  method: 'GET',
  path: '/livez',
  summary: 'Whether this process answers',
  needs: 'everybody',
  answers: { 200: { what: 'it does', schema: aliveSchema } },
  handle: () => ({ status: 200, body: { status: 'ok' } }),
});

export const getReady = route({
  method: 'GET',
  path: '/readyz',
  summary: 'Whether the cluster was reached, and something of it may be read',
  needs: 'everybody',
  answers: { 200: { what: 'it was', schema: aliveSchema }, 503: { what: 'not yet, or the agent is shutting down' } },
  handle: (_asked, { seen, closing }) =>
    seen().ready && !closing.aborted ? { status: 200, body: { status: 'ok' } } : { status: 503, body: { status: 'degraded' } },
});

export const getHealth = route({
  method: 'GET',
  path: '/health',
  summary: 'How the agent is; `degraded` where the cluster is not reached, or something may not be read that investigations need',
  needs: 'everybody',
  answers: { 200: { what: 'its state', schema: healthSchema } },
  handle: (_asked, { seen }) => {
    const { ready, api, missing } = seen();
    return { status: 200, body: { status: ready && api.reachable && missing.length === 0 ? 'ok' : 'degraded' } };
  },
});

export const getAccess = route({
  method: 'GET',
  path: '/api/v1/access',
  summary: 'What the agent may read, as it was when that was last looked at',
  needs: 'caller',
  answers: { 200: { what: 'access to the API server, and permissions that are missing', schema: accessAnswerSchema } },
  handle: (_asked, { seen }) => ({ status: 200, body: seen() }),
});

export const getCluster = route({
  method: 'GET',
  path: '/api/v1/cluster',
  summary: 'Which cluster this is, and what of it is handed out',
  needs: 'caller',
  answers: { 200: { what: 'the cluster', schema: clusterAnswerSchema } },
  handle: async (_asked, { reader, allowed, clusterName, now, version }) => {
    const { target } = await reader().catch((thrown: unknown) => {
      const error = asCoded(thrown);
      throw error.row.kind === 'bug' ? error : coded('CLUSTER_READ_FAILED', { needs: 'a cluster that answers', reason: error.message.replace(/\.$/, '') });
    });
    const body = {
      name: clusterName ?? target.cluster,
      server_version: target.server_version,
      // The agent's own is nobody else's.
      default_namespace: allowed.namespaces?.length === 1 ? (allowed.namespaces[0] ?? null) : null,
      namespaces: allowed.namespaces,
      kinds: [...allowed.kinds],
      now: now().toISOString(),
      version,
    };
    return { status: 200, body };
  },
});

export const getMetrics = route({
  method: 'GET',
  path: '/metrics',
  summary: 'Counters and times, as Prometheus scrapes them',
  needs: 'caller',
  answers: { 200: { what: 'text in the exposition format', type: 'text/plain' } },
  handle: async (_asked, { metrics }) => ({ status: 200, headers: { 'content-type': metrics.contentType }, body: await metrics.text() }),
});

export const postTokenReview = route({
  method: 'POST',
  path: '/api/v1/tokenreviews',
  summary: 'Whose service account token one is: the orchestrator, which may ask the API server nothing, knows its own callers by it',
  needs: 'caller',
  onlyReads: true,
  body: tokenReviewWishSchema,
  answers: { 200: { what: 'what the API server says', schema: tokenReviewAnswerSchema } },
  handle: async ({ body, gone }, { reviewToken }) => {
    try {
      return { status: 200, body: await reviewToken(body.token, body.audiences ?? [], gone) };
    } catch (error) {
      throw coded('CLUSTER_READ_FAILED', { needs: 'create tokenreviews', reason: asCoded(error).message }, { cause: error });
    }
  },
});

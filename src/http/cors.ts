import type { FastifyInstance } from 'fastify';

const METHODS = 'GET, POST, DELETE';
const TAKEN = 'authorization, content-type, idempotency-key, last-event-id, x-correlation-id, traceparent, tracestate';
const TOLD = 'location, retry-after, x-correlation-id';
const KEPT_S = '600';

/**
 * Pages of these origins may ask (https://fetch.spec.whatwg.org/#http-cors-protocol); of all others the browser keeps the answer from
 * them. Cookies are not among what they may send: they sign in with a key or a token.
 */
export function allowOrigins(app: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin');
    const { origin } = request.headers;
    if (origin === undefined || !origins.includes(origin)) return;
    reply.headers({ 'access-control-allow-origin': origin, 'access-control-expose-headers': TOLD });
    if (request.method !== 'OPTIONS' || request.headers['access-control-request-method'] === undefined) return;
    await reply.code(204).headers({ 'access-control-allow-methods': METHODS, 'access-control-allow-headers': TAKEN, 'access-control-max-age': KEPT_S }).send();
  });
}

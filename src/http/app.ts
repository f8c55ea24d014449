import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { type CodedError, coded } from '../errors/coded-error.ts';
import type { Log } from '../log/open-log.ts';
import { asServerError, errorAnswer } from './error-answer.ts';
import type { Route, Served } from './route.ts';
import type { TlsFiles } from './tls-files.ts';

const BODY_LIMIT = 64 * 1024;
const REQUEST_MS = 30_000;
const CORRELATION_ID = /^[\w.:-]{1,64}$/;

/** Nothing that is sent is for a browser to guess at, embed or keep. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
};

/** What is known of a request before its body is read. */
export interface Knock {
  readonly headers: FastifyRequest['headers'];
  readonly socket: Socket;
}

export interface AppOptions<S extends Served> {
  readonly routes: readonly Route<S>[];
  readonly parts: S['parts'];
  readonly log: Log;
  /** Who asks, or undefined where nobody signed in and the route lets in everybody. Throws coded errors. */
  readonly letIn: (knock: Knock, needs: S['needs'] | 'everybody') => S['principal'] | undefined | Promise<S['principal'] | undefined>;
  /** What the audit says of who asked. */
  readonly auditName: (principal: S['principal'] | undefined) => object;
  readonly tls?: TlsFiles | undefined;
}

/** Everything but the port. */
export function buildApp<S extends Served>(options: AppOptions<S>): FastifyInstance {
  const { log, routes, tls } = options;
  const app = Fastify({
    ...(tls === undefined ? {} : { https: tls.options }),
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 0,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: ({ headers }) => correlationId(headers['x-correlation-id']),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void fail(error, request, reply),
    clientErrorHandler: refuseGibberish,
  }) as unknown as FastifyInstance;
  const fail = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply =>
    answerError(asServerError(error, BODY_LIMIT), request, reply, log);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, text: string) => parsedJson(text));
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS).header('x-correlation-id', request.id);
  });
  app.addHook('onResponse', async ({ method, routeOptions, id }, reply) => {
    const ms = Math.round(reply.elapsedTime);
    log.info({ correlation_id: id, method, route: routeOptions.url ?? null, status: reply.statusCode, ms }, 'request');
  });
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.filter(({ path }) => patternOf(path).test(request.url.split('?')[0] ?? '')).map(({ method }) => method);
    if (allowed.length === 0) return fail(coded('ROUTE_UNKNOWN', {}), request, reply);
    return fail(coded('METHOD_NOT_ALLOWED', { allowed }), request, reply.header('allow', allowed.join(', ')));
  });
  for (const each of routes) register(app, each, options);
  return app;
}

function register<S extends Served>(app: FastifyInstance, each: Route<S>, { parts, letIn, log, auditName }: AppOptions<S>): void {
  const principals = new WeakMap<FastifyRequest, S['principal']>();
  app.route({
    method: each.method,
    url: each.path.replace(/\{(\w+)\}/g, ':$1'),
    // Before the body is read: who may not ask sends nothing.
    onRequest: async (request) => {
      const principal = await letIn({ headers: request.headers, socket: request.raw.socket }, each.needs);
      if (principal !== undefined) principals.set(request, principal);
    },
    handler: async (request, reply) => {
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const principal = principals.get(request);
      const { headers, id, routeOptions } = request;
      const query = checked(each.query, request.query);
      const body = checked(each.body, request.body);
      const params = request.params as Record<string, string>;
      const answer = await each.handle({ principal, params, query, body, headers, gone: gone.signal }, parts);
      // One line for each call that changed something: who, what, on which incident.
      if (each.method === 'POST' && each.onlyReads !== true) {
        const about = { ...auditName(principal), route: routeOptions.url, incident_id: params['id']?.slice(0, 40), status: answer.status };
        log.info({ correlation_id: id, ...about }, 'audit');
      }
      return reply
        .code(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body);
    },
  });
}

/** Nothing of HTTP was understood, so there is no reply to write to. */
function refuseGibberish(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const { status, body } = errorAnswer(coded('REQUEST_INVALID', { problems: ['it is no HTTP request that can be understood'] }));
  const text = JSON.stringify(body);
  socket.end(
    `HTTP/1.1 ${status} Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\nconnection: close\r\n\r\n${text}`,
  );
}

function answerError(error: CodedError, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const { status, body, headers } = errorAnswer(error);
  if (error.row.kind === 'bug') log.error({ correlation_id: request.id, reason: error.message, stack: (error.cause as Error | undefined)?.stack }, 'a bug');
  return reply
    .code(status)
    .headers({ ...HEADERS, ...headers, 'content-type': 'application/json; charset=utf-8' })
    .send(JSON.stringify(body));
}

/** What a schema makes of it; all that is wrong is said at once. */
function checked<T>(schema: z.ZodType<T> | undefined, given: unknown): T {
  if (schema === undefined) return undefined as T;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.slice(0, 20).map(({ path, message }) => `${path.length === 0 ? 'the request' : path.join('.')}: ${message}`);
  throw coded('REQUEST_INVALID', { problems });
}

/** No body at all is none; what is no JSON is said to be none, without its words. */
function parsedJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw coded('REQUEST_INVALID', { problems: ['the body is no JSON'] });
  }
}

function correlationId(given: string | string[] | undefined): string {
  return typeof given === 'string' && CORRELATION_ID.test(given) ? given : randomUUID();
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}

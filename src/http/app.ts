import type { Socket } from 'node:net';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type * as z from 'zod';
import { type CodedError, coded } from '../errors/coded-error.ts';
import type { Log } from '../log/open-log.ts';
import type { Tracing } from '../trace/tracing.ts';
import { Audit } from './audit.ts';
import { allowOrigins } from './cors.ts';
import { asServerError, errorAnswer } from './error-answer.ts';
import { problemOf } from './problem-of.ts';
import { correlationIdOf, RequestTraces } from './request-traces.ts';
import type { Answer, Route, Served } from './route.ts';
import { SECURITY_HEADERS, TLS_HEADERS } from './security-headers.ts';
import type { TlsFiles } from './tls-files.ts';

const BODY_LIMIT = 64 * 1024;
/** A request of a few words comes in one packet; who sends its headers or its body letter by letter is cut off. */
const SLOW = { headersTimeout: 10_000, connectionsCheckingInterval: 2_000 };
const REQUEST_MS = 20_000;

/** What is known of a request before its body is read. */
export interface Knock {
  readonly method: string;
  readonly headers: FastifyRequest['headers'];
  readonly socket: Socket;
}

export interface AppOptions<S extends Served> {
  readonly routes: readonly Route<S>[];
  readonly parts: S['parts'];
  readonly log: Log;
  /** Who asks, or undefined where nobody signed in and the route lets in everybody. Throws coded errors. */
  readonly letIn: (knock: Knock, needs: S['needs'] | 'everybody') => S['principal'] | undefined | Promise<S['principal'] | undefined>;
  /** Whether whoever was let in may ask this, too. Throws coded errors. */
  readonly permit?: (principal: S['principal'], needs: S['needs'] | 'everybody') => void;
  /** What the audit says of who asked. */
  readonly auditName: (principal: S['principal'] | undefined) => object;
  readonly tls?: TlsFiles | undefined;
  /** Requests that are answered at the same time; streams are not among them. */
  readonly atOnce?: number | undefined;
  /** Origins whose pages may ask. */
  readonly origins?: readonly string[] | undefined;
  /** Once aborted, every connection ends with its next answer: whoever asks again reaches another process. */
  readonly leaving?: AbortSignal | undefined;
  /** Who records spans; undefined: traces are only handed on. */
  readonly tracing?: Tracing | undefined;
  /** A caller of ours says which incident it asks for, as `X-Incident-ID`. */
  readonly takesIncidentIds?: boolean;
  /** Told of every answer. */
  readonly onAnswered?: ((answered: Answered) => void) | undefined;
}

export interface Answered {
  readonly method: string;
  /** The path as the table of routes has it; null where there is none. */
  readonly route: string | null;
  readonly status: number;
  readonly ms: number;
}

/** Everything but the port. */
export function buildApp<S extends Served>(options: AppOptions<S>): FastifyInstance {
  const { log, routes, tls, onAnswered } = options;
  const headers = { ...SECURITY_HEADERS, ...(tls === undefined ? {} : TLS_HEADERS) };
  const traces = new RequestTraces(options);
  const app = Fastify({
    ...(tls === undefined ? { http: SLOW } : { https: { ...tls.options, ...SLOW } }),
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    connectionTimeout: 0,
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    genReqId: ({ headers }) => correlationIdOf(headers['x-correlation-id']),
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => void fail(error, request, reply),
    clientErrorHandler: refuseGibberish,
  }) as unknown as FastifyInstance;
  const audit = new Audit(log, options.auditName);
  const fail = (thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const error = asServerError(thrown, request.routeOptions?.bodyLimit ?? BODY_LIMIT);
    audit.refused(request, error.code);
    return traces.within(request, () => answerError(error, reply, log));
  };
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, async (_request: FastifyRequest, text: string) => parsedJson(text));
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, async (request: FastifyRequest, text: string) => {
    if (!(request.routeOptions.config as { takesForms?: boolean }).takesForms) throw coded('MEDIA_TYPE_UNSUPPORTED', {});
    return Object.fromEntries(new URLSearchParams(text));
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers).header('x-correlation-id', request.id);
    if (options.leaving?.aborted) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, reply) => {
    const answered = { method: request.method, route: request.routeOptions.url ?? null, status: reply.statusCode, ms: reply.elapsedTime };
    traces.within(request, () => {
      audit.write(request, reply.statusCode);
      log.info({ ...answered, ms: Math.round(answered.ms) }, 'request');
    });
    traces.end(request, reply.statusCode);
    onAnswered?.(answered);
  });
  allowOrigins(app, options.origins ?? []);
  app.setErrorHandler(fail);
  app.setNotFoundHandler((request, reply) => {
    const allowed = routes.filter(({ path }) => patternOf(path).test(request.url.split('?')[0] ?? '')).map(({ method }) => method);
    if (allowed.length === 0) return fail(coded('ROUTE_UNKNOWN', {}), request, reply);
    return fail(coded('METHOD_NOT_ALLOWED', { allowed }), request, reply.header('allow', allowed.join(', ')));
  });
  const room = new AnsweringRoom(options.atOnce ?? Number.POSITIVE_INFINITY);
  for (const each of routes) register(app, each, options, { room, traces, audit });
  return app;
}

interface Around<P> {
  readonly room: AnsweringRoom;
  readonly traces: RequestTraces;
  readonly audit: Audit<P>;
}

function register<S extends Served>(app: FastifyInstance, each: Route<S>, options: AppOptions<S>, { room, traces, audit }: Around<S['principal']>): void {
  const { parts, letIn, permit } = options;
  app.route({
    method: each.method,
    config: { takesForms: each.takesForms === true, isAudited: each.method === 'POST' && each.onlyReads !== true },
    ...(each.bodyLimit === undefined ? {} : { bodyLimit: each.bodyLimit }),
    // Who watches from outside often asks for no more than the head.
    exposeHeadRoute: each.method === 'GET' && each.needs === 'everybody',
    url: each.path.replace(/\{(\w+)\}/g, ':$1'),
    // Before the body is read: who may not ask sends nothing.
    onRequest: async (request) => {
      const { method, headers, raw } = request;
      const principal = await traces.within(request, () => letIn({ method, headers, socket: raw.socket }, each.needs));
      if (principal === undefined) return;
      audit.asked(request, principal);
      permit?.(principal, each.needs);
    },
    handler: (request, reply) => traces.within(request, () => answer(request, reply)),
  });
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const gone = new AbortController();
    // Who has its whole answer is not gone: nothing is left to stop, and an abort costs a stack trace.
    reply.raw.once('close', () => reply.raw.writableFinished || gone.abort());
    const principal = audit.principal(request);
    const { headers } = request;
    const query = checked(each.query, request.query);
    const body = checked(each.body, request.body);
    const params = request.params as Record<string, string>;
    const answered = await room.within(() =>
      each.handle({ principal, params, query, body, headers, address: request.raw.socket.remoteAddress ?? '', gone: gone.signal }, parts),
    );
    audit.answered(request, answered);
    return reply
      .code(answered.status)
      .headers(answered.headers ?? {})
      .send(answered.body);
  };
}

/** How many requests are being answered; one that would be too many is told to come back. */
class AnsweringRoom {
  readonly #limit: number;
  #inside = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  async within(answer: () => Answer | Promise<Answer>): Promise<Answer> {
    if (this.#inside >= this.#limit) throw coded('SERVER_BUSY', { limit: this.#limit });
    this.#inside += 1;
    try {
      return await answer();
    } finally {
      this.#inside -= 1;
    }
  }
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

function answerError(error: CodedError, reply: FastifyReply, log: Log): FastifyReply {
  const { status, body, headers } = errorAnswer(error);
  if (error.row.kind === 'bug') log.error({ reason: error.message, stack: (error.cause as Error | undefined)?.stack }, 'a bug');
  return reply
    .code(status)
    .headers({ ...SECURITY_HEADERS, ...headers, 'content-type': 'application/json; charset=utf-8' })
    .send(JSON.stringify(body));
}

/** What a schema makes of it; all that is wrong is said at once. */
function checked<T>(schema: z.ZodType<T> | undefined, given: unknown): T {
  if (schema === undefined) return undefined as T;
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw coded('REQUEST_INVALID', { problems: parsed.error.issues.slice(0, 20).map(problemOf) });
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

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`);
}

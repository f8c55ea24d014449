import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/app.ts';
import type { TlsFiles } from '../http/tls-files.ts';
import type { Tracing } from '../trace/tracing.ts';
import { type Admission, letIn, permit } from './let-in.ts';
import type { Incidents, ServerParts } from './route.ts';
import { ROUTES } from './routes/all.ts';
import { PAGES } from './routes/pages.ts';
import type { Limits } from './server-limits.ts';

export interface ServerOptions {
  readonly parts: Omit<ServerParts, 'refusals'>;
  readonly admission: Admission;
  readonly limits: Limits;
  /** Origins whose pages may ask. */
  readonly origins: readonly string[];
  readonly tls?: TlsFiles | undefined;
  readonly tracing?: Tracing | undefined;
}

/** Everything of the server but its port. */
export function buildServer({ parts, admission, limits, origins, tls, tracing }: ServerOptions): FastifyInstance {
  const { rate, refusals, answering } = limits;
  const { metrics, queue, runner, streams } = parts;
  metrics.show({ waiting: () => queue.waiting(), running: () => runner.running, streams: () => streams.open });
  return buildApp<Incidents>({
    routes: [...ROUTES, ...PAGES],
    parts: { ...parts, refusals },
    log: parts.log,
    letIn: async ({ method, headers, socket }, needs) => {
      const address = socket.remoteAddress ?? '';
      const principal = await letIn(admission, { method, headers, address, origins, refusals }, needs);
      rate.take(principal?.id ?? address);
      return principal;
    },
    permit,
    auditName: (principal) => ({ key_id: principal?.id, key_name: principal?.name }),
    onAnswered: (answered) => metrics.answered(answered),
    atOnce: answering,
    origins,
    tls,
    tracing,
    leaving: parts.leaving,
  });
}

import type { FastifyInstance } from 'fastify';
import { buildApp } from '../http/app.ts';
import { type Admission, letIn } from './let-in.ts';
import type { Incidents, ServerParts } from './route.ts';
import { ROUTES } from './routes/all.ts';

/** Everything of the server but its port. */
export function buildServer(parts: ServerParts, admission: Admission): FastifyInstance {
  return buildApp<Incidents>({
    routes: ROUTES,
    parts,
    log: parts.log,
    letIn: ({ headers }, needs) => letIn(admission, headers, needs),
    auditName: (principal) => ({ key_id: principal?.id, key_name: principal?.name }),
  });
}

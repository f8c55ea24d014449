import type { Principal } from '../auth/principal.ts';
import type { InvestigationRequest } from '../domain/investigation-request.ts';
import { coded } from '../errors/coded-error.ts';
import type { NewIncidentBody } from '../protocol/incidents.ts';
import type { NewJob } from '../store/job-queue.ts';
import { carriedNow } from '../trace/correlation.ts';
import type { Answer, Asked, ServerParts } from './route.ts';

/** Into the queue, or refused where that is full. */
export async function accept(
  { queue, runner, now, maxWaiting, newIncidentId, log, closing }: ServerParts,
  job: Pick<NewJob, 'request' | 'source' | 'context' | 'idempotencyKey'>,
): Promise<Answer> {
  if (closing.aborted) throw coded('SERVER_CLOSING', {});
  const incidentId = newIncidentId();
  const kept = await queue.enqueue({
    ...job,
    request: { ...job.request, incidentId },
    incidentId,
    description: job.request.description,
    createdAt: now().toISOString(),
    carried: carriedNow(),
    maxWaiting,
  });
  if (kept.isNew) log.info({ incident_id: incidentId, words: job.request.description.length }, 'accepted');
  runner.look();
  return { status: 202, headers: { location: `/api/v1/incidents/${kept.incidentId}` }, body: { incident_id: kept.incidentId, status: 'pending' } };
}

/** What a body asks, within what the principal may see. Throws NOT_PERMITTED, REQUEST_INVALID. */
export function requestOf(body: Question, principal: Principal | undefined, { redact }: Pick<ServerParts, 'redact'>): InvestigationRequest {
  const { description, namespace: named, all_namespaces: all, since, until, llm } = body;
  const namespace = named ?? onlyOne(principal);
  const scope = principal?.namespaces ?? null;
  if (scope !== null && (namespace === undefined || all === true || !scope.includes(namespace)))
    throw coded('NOT_PERMITTED', { needs: `a namespace that it is for: ${scope.join(', ')}` });
  if (since !== undefined && until !== undefined && Date.parse(until) < Date.parse(since))
    throw coded('REQUEST_INVALID', { problems: ['until: it is before since'] });
  const request = {
    incidentId: '',
    description: redact(description),
    ...(namespace === undefined ? {} : { namespace }),
    ...(all === undefined ? {} : { allNamespaces: all }),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    ...(until === undefined ? {} : { until: new Date(until).toISOString() }),
    ...(llm === undefined ? {} : { llm }),
  };
  return within(request, principal);
}

/** The question, answered from what whoever asks may see. */
export function within({ within: _, ...request }: InvestigationRequest, principal: Principal | undefined): InvestigationRequest {
  const namespaces = principal?.namespaces ?? null;
  return namespaces === null ? request : { ...request, within: namespaces };
}

/** What one names as its own must not find the incidents of another; null where nothing is named. */
export function idempotencyKeyOf({ 'idempotency-key': header }: Asked['headers'], principal: Principal | undefined, named?: string): string | null {
  const key = named ?? (typeof header === 'string' && header !== '' ? header.slice(0, 200) : undefined);
  return key === undefined ? null : `${principal?.id ?? ''}:${key}`;
}

type Question = Pick<NewIncidentBody, 'description' | 'namespace' | 'all_namespaces' | 'since' | 'until' | 'llm'>;

function onlyOne(principal: Principal | undefined): string | undefined {
  return principal?.namespaces?.length === 1 ? principal.namespaces[0] : undefined;
}

import { Readable } from 'node:stream';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { Sight } from '../../domain/sight.ts';
import { asCoded } from '../../errors/coded-error.ts';
import { errorAnswer } from '../../http/error-answer.ts';
import { INVESTIGATION_FAILED, suppositionSchema } from '../../protocol/incidents.ts';
import { correlatedEach, currentCorrelation } from '../../trace/correlation.ts';
import { requestOf } from '../accept.ts';
import { route, type ServerParts } from '../route.ts';
import { SSE_HEADERS, sseMessage } from '../sse.ts';

export const postSupposition = route({
  method: 'POST',
  path: '/api/v1/suppositions',
  summary: 'What the answer were if some of what can be read could not be',
  needs: 'operator',
  onlyReads: true,
  body: suppositionSchema,
  answers: {
    200: { what: 'the events of that run, which is not kept; ends with `report-completed` or `investigation-failed`', type: 'text/event-stream' },
  },
  handle: ({ body: { without, ...question }, principal, gone }, parts) => {
    const request = { ...requestOf(question, principal, parts), incidentId: parts.newIncidentId(), without: without as Sight[] };
    const [signal, correlation] = [AbortSignal.any([gone, parts.closing]), currentCorrelation()];
    return {
      status: 200,
      headers: SSE_HEADERS,
      body: parts.supposing.count(() => Readable.from(correlatedEach(correlation, supposed(parts, request, signal)))),
    };
  },
});

async function* supposed({ investigate }: ServerParts, request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<string> {
  try {
    for await (const event of investigate(request, signal)) yield sseMessage(event.type, event);
  } catch (error) {
    yield sseMessage(INVESTIGATION_FAILED, errorAnswer(asCoded(error)).body);
  }
}

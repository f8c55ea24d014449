import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { Sight } from '../../domain/sight.ts';
import { INVESTIGATION_FAILED, suppositionSchema } from '../../protocol/incidents.ts';
import { requestOf } from '../accept.ts';
import { answering } from '../answers/answering.ts';
import type { AnswerMessage } from '../answers/kept-answers.ts';
import { route, type ServerParts } from '../route.ts';

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
  handle: (asked, parts) => {
    const { without, ...question } = asked.body;
    const request = { ...requestOf(question, asked.principal, parts), incidentId: parts.newIncidentId(), without: without as Sight[] };
    return answering({ asked, parts, room: parts.supposing, failed: INVESTIGATION_FAILED, tell: (signal) => supposed(parts, request, signal) });
  },
});

async function* supposed({ investigate }: ServerParts, request: InvestigationRequest, signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  for await (const event of investigate(request, signal)) yield { event: event.type, data: event };
}

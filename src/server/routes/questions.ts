import { keptReport } from '../../client/kept-report.ts';
import { QUESTION_ANSWERED, QUESTION_FAILED, questionSchema } from '../../protocol/questions.ts';
import { Page } from '../../report/page.ts';
import { paintFor } from '../../report/paint.ts';
import { byInvestigating, byTheModel, fromTheReport } from '../../session/answerers.ts';
import { Conversation } from '../../session/conversation.ts';
import type { Said } from '../../session/said.ts';
import { answering } from '../answers/answering.ts';
import type { AnswerMessage } from '../answers/kept-answers.ts';
import { type Asked, route, type ServerParts } from '../route.ts';
import { servedSession } from '../served-session.ts';
import { visibleIncident } from '../visible-incident.ts';

const WIDTH = 100;
const TIMEOUT_MS = 120_000;

export const postQuestion = route({
  method: 'POST',
  path: '/api/v1/incidents/{id}/questions',
  summary: 'Ask on about an incident, in the words of a chat',
  needs: 'viewer',
  onlyReads: true,
  body: questionSchema,
  answers: {
    200: { what: '`doing`, `answer` and events of investigations as they come; ends with `question-answered` or `question-failed`', type: 'text/event-stream' },
    409: { what: 'it has no report yet' },
  },
  handle: async (asked, parts) => {
    const { params, body, principal } = asked;
    const report = keptReport(await visibleIncident(parts.store, params['id'] ?? '', principal));
    const conversation = conversationOf(parts, principal);
    conversation.about(report);
    return answering({ asked, parts, room: parts.streams, failed: QUESTION_FAILED, tell: (signal) => answers(conversation, body.question, signal) });
  },
});

function conversationOf(parts: ServerParts, principal: Asked['principal']): Conversation {
  const { now, newIncidentId, redact } = parts;
  return new Conversation({
    open: async () => servedSession(parts, principal),
    answerers: [fromTheReport, byTheModel(undefined), byInvestigating(undefined)],
    slash: [],
    transcript: { session_id: 'question', created_at: now().toISOString(), snapshot: null, server: null, context: null, namespace: null, turns: [] },
    save: () => {},
    redact,
    words: async () => [],
    timeoutMs: TIMEOUT_MS,
    now,
    newIncidentId,
  });
}

async function* answers(conversation: Conversation, question: string, signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  for await (const said of conversation.say(question, signal)) {
    const message = messageOf(said);
    if (message !== undefined) yield message;
  }
  yield { event: QUESTION_ANSWERED, data: { incident_id: conversation.situation.report?.incident_id ?? null } };
}

function messageOf(said: Said): AnswerMessage | undefined {
  switch (said.type) {
    case 'event':
      return { event: said.event.type, data: said.event };
    case 'doing':
      return { event: 'doing', data: { text: said.text } };
    case 'answer': {
      const page = new Page({ width: WIDTH, unicode: true, paint: paintFor('none') });
      said.draw(page);
      return { event: 'answer', data: { text: page.toString() } };
    }
    case 'document':
      return { event: 'answer', data: { text: said.text } };
    default:
      return undefined;
  }
}

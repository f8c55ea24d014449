import { keptReport } from '../../client/kept-report.ts';
import type { FollowUp } from '../../pipeline/ask-on.ts';
import { FOLLOW_UP_ANSWERED, followUpSchema, QUESTION_FAILED } from '../../protocol/questions.ts';
import { answering } from '../answers/answering.ts';
import type { AnswerMessage } from '../answers/kept-answers.ts';
import { route, type ServerParts } from '../route.ts';
import { visibleIncident } from '../visible-incident.ts';

/** What was read for earlier questions comes with each. */
const BODY_LIMIT = 1024 * 1024;

export const postFollowUp = route({
  method: 'POST',
  path: '/api/v1/incidents/{id}/follow-ups',
  summary: 'Ask the language model of the server something about a report',
  needs: 'operator',
  onlyReads: true,
  bodyLimit: BODY_LIMIT,
  body: followUpSchema,
  answers: {
    200: { what: '`model-stepped` while it reads; ends with `follow-up-answered` or `question-failed`', type: 'text/event-stream' },
    409: { what: 'it has no report yet' },
  },
  handle: async (asked, parts) => {
    const { params, principal, body } = asked;
    const report = keptReport(await visibleIncident(parts.store, params['id'] ?? '', principal));
    const known = { ...report, evidence: [...report.evidence, ...body.evidence] };
    const followUp = { report: known, question: parts.redact(body.question) };
    const within = principal?.namespaces ?? null;
    return answering({ asked, parts, room: parts.supposing, failed: QUESTION_FAILED, tell: (signal) => told(parts, followUp, within, signal) });
  },
});

async function* told({ askOn }: ServerParts, followUp: FollowUp, within: readonly string[] | null, signal: AbortSignal): AsyncGenerator<AnswerMessage> {
  const answer = askOn === undefined ? undefined : yield* steps(askOn(followUp, within, signal));
  yield { event: FOLLOW_UP_ANSWERED, data: { answer: answer ?? null } };
}

async function* steps<T extends { readonly type: string }, R>(asked: AsyncGenerator<T, R>): AsyncGenerator<AnswerMessage, R> {
  let step = await asked.next();
  for (; !step.done; step = await asked.next()) yield { event: step.value.type, data: step.value };
  return step.value;
}

import { investigationEventSchema } from '../../domain/investigation-event.ts';
import type { Report } from '../../domain/report.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { FollowUp, FollowUpAnswer, FollowUpStep } from '../../pipeline/ask-on.ts';
import { errorBodySchema } from '../../protocol/error-body.ts';
import { incidentDetailSchema } from '../../protocol/incidents.ts';
import { FOLLOW_UP_ANSWERED, followUpAnsweredSchema, QUESTION_FAILED } from '../../protocol/questions.ts';
import { refusalOf } from './refusal-of.ts';
import type { ServerApi } from './server-api.ts';

/** Asks the language model of a server about a report that it keeps; undefined where it asks none, or this key may not have it asked. */
export async function* askThere(api: ServerApi, { report, question }: FollowUp, signal: AbortSignal): AsyncGenerator<FollowUpStep, FollowUpAnswer | undefined> {
  const path = `/api/v1/incidents/${encodeURIComponent(report.incident_id)}`;
  const body = { question, evidence: await readSince(api, path, report, signal) };
  try {
    for await (const { event, data } of api.asked(`${path}/follow-ups`, body, [FOLLOW_UP_ANSWERED, QUESTION_FAILED], signal)) {
      const told: unknown = JSON.parse(data);
      if (event === QUESTION_FAILED) throw refusalOf(errorBodySchema.parse(told));
      if (event === FOLLOW_UP_ANSWERED) return followUpAnsweredSchema.parse(told).answer ?? undefined;
      const step = investigationEventSchema.safeParse(told);
      if (step.data?.type === 'model-stepped') yield step.data;
    }
  } catch (error) {
    // Then the line is what it would be without a model.
    if (asCoded(error).code !== 'NOT_PERMITTED') throw error;
  }
  return undefined;
}

/** What earlier questions added to the report, which the server does not keep. */
async function readSince(api: ServerApi, path: string, { evidence }: Report, signal: AbortSignal): Promise<Report['evidence']> {
  const kept = await api.get(path, incidentDetailSchema, signal);
  const known = new Set(kept.evidence.map(({ id }) => id));
  return evidence.filter(({ id }) => !known.has(id));
}

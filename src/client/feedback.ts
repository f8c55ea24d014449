import { randomUUID } from 'node:crypto';
import type { Incident } from '../domain/incident.ts';
import type { Feedback, NewFeedback } from '../protocol/feedback.ts';
import type { RecordRepository } from '../store/record-repository.ts';

export interface FeedbackKeeping {
  readonly records: RecordRepository;
  readonly redact: (text: string) => string;
  readonly now: () => Date;
  /** Who says it; null where nobody is asked for a name. */
  readonly by: string | null;
}

/** Keeps what somebody says of an answer beside its incident; without a cause it is of the first that was named. */
export async function keepFeedback({ incident_id: incidentId, cause_id }: Incident, said: NewFeedback, keeping: FeedbackKeeping): Promise<Feedback> {
  const at = keeping.now().toISOString();
  const note = said.note === undefined ? null : keeping.redact(said.note);
  const value = { right: said.right, cause_id: said.cause_id ?? cause_id, note, by: keeping.by };
  await keeping.records.put([{ kind: 'feedback', key: randomUUID(), incidentId, at, value }]);
  return { ...value, at };
}

/** Oldest first. */
export async function feedbackOn({ incident_id: id }: Incident, records: RecordRepository): Promise<readonly Feedback[]> {
  return (await records.ofIncident('feedback', id)).map(({ at, value }) => ({ ...(value as Omit<Feedback, 'at'>), at }));
}

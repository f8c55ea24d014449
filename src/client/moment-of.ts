import type { InvestigationRequest } from '../domain/investigation-request.ts';
import type { Moment } from '../domain/moment.ts';
import type { RecordRepository } from '../store/record-repository.ts';

/** What was kept when the incident began that a request is about, or asks about again. */
export async function momentOf({ againOf, incidentId }: InvestigationRequest, records: RecordRepository): Promise<Moment | undefined> {
  const [kept] = await records.find('moment', [againOf ?? incidentId]);
  return kept?.value as Moment | undefined;
}

import type { LocalEngine } from '../../client/local.ts';
import { momentOf } from '../../client/moment-of.ts';
import type { KubeObject } from '../../domain/kubernetes/object.ts';
import type { Moment } from '../../domain/moment.ts';
import { asCoded } from '../../errors/coded-error.ts';
import type { RecordRepository } from '../../store/record-repository.ts';
import { insist } from '../jobs/insist.ts';
import type { ServerParts } from '../route.ts';

const MAX_EVENTS = 500;
const READING_MS = 10_000;

type Parts = Pick<ServerParts, 'desk' | 'records' | 'now' | 'log'>;

/** Keeps the events as they are now; what cannot be read now is not kept, and nobody waits for it. */
export async function keepMoment(incidentId: string, namespace: string | undefined, { desk, records, now, log }: Parts): Promise<void> {
  try {
    const options = { maxItems: MAX_EVENTS, ...(namespace === undefined ? {} : { namespace }) };
    const json = await desk.ask({ ask: 'list', kind: 'Event', options }, AbortSignal.timeout(READING_MS));
    const lookup = JSON.parse(json) as { status: string; value?: { items: KubeObject[] } };
    const at = now().toISOString();
    if (lookup.status !== 'found' || lookup.value === undefined) return;
    await records.put([{ kind: 'moment', key: incidentId, incidentId, at, value: { taken_at: at, events: lookup.value.items } satisfies Moment }]);
  } catch (error) {
    log.warn({ incident_id: incidentId, code: asCoded(error).code }, 'the events of the moment were not kept');
  }
}

/** An engine that also knows what was seen when the incident began. */
export function withMoments(investigate: LocalEngine['investigate'], records: RecordRepository): LocalEngine['investigate'] {
  return async function* (request, signal) {
    // What is kept nowhere else is waited for; a run that is ended meanwhile reports without it.
    const moment = await insist(() => momentOf(request, records), { isGivenUp: () => signal.aborted });
    yield* investigate(moment === undefined ? request : { ...request, moment }, signal);
  };
}

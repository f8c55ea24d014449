import type { IncidentRepository } from '../store/incident-repository.ts';
import type { LocalEngine } from './local.ts';

const LOOK_MS = 500;

/** An engine whose run another process may end through the store; what is known by then is its report. */
export function heedingCancel(investigate: LocalEngine['investigate'], storeNow: () => IncidentRepository | undefined): LocalEngine['investigate'] {
  return async function* (request, signal) {
    const cancelled = new AbortController();
    const look = async (): Promise<void> => {
      // A store that fails is told of by whoever writes into it.
      if (
        await storeNow()
          ?.cancelAsked(request.incidentId)
          .catch(() => false)
      )
        cancelled.abort();
    };
    const timer = setInterval(() => void look(), LOOK_MS).unref();
    try {
      for await (const event of investigate(request, AbortSignal.any([signal, cancelled.signal])))
        yield event.type === 'report-completed' && cancelled.signal.aborted ? { ...event, report: { ...event.report, status: 'cancelled' } } : event;
    } finally {
      clearInterval(timer);
    }
  };
}

import { expect, test } from 'vitest';
import type { InvestigationRequest } from '../../src/domain/investigation-request.ts';
import { coded } from '../../src/errors/coded-error.ts';
import { withMoments } from '../../src/server/alerts/moments.ts';
import type { RecordRepository } from '../../src/store/record-repository.ts';
import { atOnce } from '../fixtures/engines.ts';

const MOMENT = { taken_at: '2026-01-31T10:00:00.000Z', events: [] };
const REQUEST = { incidentId: 'inc-0000000001', description: 'checkout is failing' };

/** A store that is away for the first questions. */
function records(failures: number, onAsked: () => void = () => {}): RecordRepository {
  let asked = 0;
  const find: RecordRepository['find'] = async (kind, [key = '']) => {
    onAsked();
    if (asked++ < failures) throw coded('STORE_UNAVAILABLE', { path: 'x', reason: 'connection refused' });
    return [{ kind, key, incidentId: key, at: MOMENT.taken_at, value: MOMENT }];
  };
  return { find } as RecordRepository;
}

async function run(from: RecordRepository, signal = new AbortController().signal): Promise<InvestigationRequest[]> {
  const requests: InvestigationRequest[] = [];
  const engine = withMoments(async function* (request, stopped) {
    requests.push(request);
    yield* atOnce(request, stopped);
  }, from);
  for await (const _ of engine(REQUEST, signal));
  return requests;
}

test('a database that is started again costs a run neither its end nor what was kept for it', async () => {
  expect(await run(records(2))).toEqual([{ ...REQUEST, moment: MOMENT }]);
});

test('who ends a run meanwhile has its report at once', async () => {
  const stop = new AbortController();
  expect(
    await run(
      records(100, () => stop.abort()),
      stop.signal,
    ),
  ).toEqual([REQUEST]);
});

import { sameQuestion } from '../../client/asked-again.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { Report } from '../../domain/report.ts';
import type { Sight } from '../../domain/sight.ts';
import { coded } from '../../errors/coded-error.ts';
import { printableValue } from '../../report/printable.ts';
import { answer, type Said } from '../said.ts';
import type { Means } from '../situation.ts';
import { brief } from './brief.ts';
import { comparison } from './comparison.ts';
import { supposition } from './supposition.ts';

type Run = AsyncGenerator<Said, Report>;

/** A new investigation; from then on the session is about it. */
export async function* investigation(description: string, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const { namespace } = means.situation;
  const report = yield* run({ description, ...(namespace === undefined ? {} : { namespace }) }, means, signal);
  yield { type: 'concluded', report };
  yield answer(brief(printableValue(report)));
}

/** The same question asked again, and what is different now. */
export async function* again(before: Report, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const after = yield* run(sameQuestion(before), means, signal);
  yield { type: 'concluded', report: after };
  yield answer(comparison(before, after));
}

/** The same question without some of what can be read: what the answer hangs on. The session stays with what was found. */
export async function* supposed(before: Report, without: readonly Sight[], means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const after = yield* run({ ...sameQuestion(before), without }, means, signal);
  yield answer(supposition(printableValue(before), printableValue(after), without));
}

async function* run(question: Omit<InvestigationRequest, 'incidentId'>, { client, newIncidentId, timeoutMs }: Means, stopped: AbortSignal): Run {
  let report: Report | undefined;
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(timeoutMs)]);
  for await (const event of client.investigate({ incidentId: newIncidentId(), ...question }, signal)) {
    if (event.type === 'report-completed') report = event.report;
    yield { type: 'event', event, ...(question.without === undefined ? {} : { aside: true }) };
  }
  if (report === undefined) throw coded('UNEXPECTED', { reason: 'the investigation ended without a report' });
  return report;
}

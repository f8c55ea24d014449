import type { Report } from '../domain/report.ts';
import { coded } from '../errors/coded-error.ts';
import { printableValue } from '../report/printable.ts';
import { evidence } from './answers/evidence.ts';
import { again, investigation, supposed } from './answers/investigate.ts';
import { isIt } from './answers/is-it.ts';
import { REPORT_PARTS } from './answers/report-parts.ts';
import type { Ask } from './ask.ts';
import { changes } from './reads/changes.ts';
import { describe } from './reads/describe.ts';
import { events } from './reads/events.ts';
import { graph } from './reads/graph.ts';
import { logs } from './reads/logs.ts';
import { answer, type Said } from './said.ts';
import type { Means } from './situation.ts';

/** Answers what was understood. Throws SESSION_EMPTY for a question about a report where there is none. */
export async function* answerAsk(ask: Ask, means: Means, signal: AbortSignal): AsyncGenerator<Said> {
  const { report } = means.situation;
  switch (ask.ask) {
    case 'investigate':
      return yield* investigation(ask.description, means, signal);
    case 'again':
      return yield* again(needReport(report), means, signal);
    case 'suppose':
      return yield* supposed(needReport(report), ask.without, means, signal);
    case 'evidence':
      return yield answer(evidence(shownReport(report), ask.which));
    case 'is-it':
      return yield answer(isIt(shownReport(report), ask.suspect));
    case 'logs':
      return yield* logs(ask, means, signal);
    case 'events':
      return yield* events(ask.name, means, signal);
    case 'describe':
      return yield* describe(ask.name, means, signal);
    case 'changes':
      return yield* changes(ask.name, means, signal);
    case 'graph':
      return yield* graph(ask.query, means, signal);
    default:
      return yield answer(REPORT_PARTS[ask.ask](shownReport(report)));
  }
}

function needReport(report: Report | undefined): Report {
  if (report === undefined) throw coded('SESSION_EMPTY', {});
  return report;
}

/** Nothing of a report is drawn that could move a cursor. */
function shownReport(report: Report | undefined): Report {
  return printableValue(needReport(report));
}

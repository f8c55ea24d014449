import type { ClusterReader } from '../../cluster/reader.ts';
import { parseDuration } from '../../config/settings.ts';
import type { ConfidenceLevel } from '../../domain/cause.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { InvestigationRequest } from '../../domain/investigation-request.ts';
import type { Report } from '../../domain/report.ts';
import { coded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import { renderEventLine } from '../../report/event-line.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { renderReport } from '../render-report.ts';
import type { CommandResult } from '../result.ts';
import { timeWindow } from './time-window.ts';

const LEVELS: readonly ConfidenceLevel[] = ['low', 'medium', 'high'];

/** `investigate`: streams what is read to stderr (or every event to stdout as JSON lines), then prints the report. */
export async function runInvestigation(input: CommandInput, context: CommandContext): Promise<CommandResult> {
  const request = requestOf(input, context);
  const { snapshot, verbose } = input.options;
  const watcher = isWatched(input, context) ? await context.openWatcher(context.interrupted) : undefined;
  const timeout = new AbortController();
  const signal = AbortSignal.any([context.interrupted, timeout.signal]);
  const timer = setTimeout(() => timeout.abort(), parseDuration(context.settings.timeout));
  try {
    await using reader = await openReader(context, snapshot, timeout.signal);
    const client = await context.openClient({
      reader,
      keep: input.options['store'] !== false,
      onStoreError: ({ code, message }) => (watcher ? watcher.warn(`${code}: ${message}`) : context.output.err(`warning ${code}: ${message}\n`)),
    });
    let report: Report | undefined;
    // A dump may be of last week: half an hour ago is half an hour before it was taken.
    const dated = { ...request, ...timeWindow(input.options, new Date(reader.asOf)) };
    for await (const event of client.investigate(dated, signal)) {
      if (watcher) watcher.show(event);
      else await show(event, context, input);
      if (event.type === 'report-completed') report = event.report;
    }
    await watcher?.end();
    if (report === undefined) throw coded('UNEXPECTED', { reason: 'the investigation ended without a report' });
    if (context.settings.output !== 'jsonl') await context.output.out(await renderReport(report, context, verbose === true));
    return { kind: 'done', exitCode: exitCodeOf(report, input, context.interrupted.aborted, timeout.signal.aborted) };
  } catch (error) {
    await watcher?.end();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A live screen is for a person who reads text; who asks for details gets them as lines. */
function isWatched({ options }: CommandInput, { settings, output }: CommandContext): boolean {
  return output.watched && settings.output === 'text' && options['quiet'] !== true && options['verbose'] !== true;
}

/** Where not even the first answer came in time, there is nothing to report. */
async function openReader({ openReader: open, interrupted, settings }: CommandContext, snapshot: unknown, timeout: AbortSignal): Promise<ClusterReader> {
  const signal = AbortSignal.any([interrupted, timeout]);
  try {
    return await open({ signal, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  } catch (error) {
    if (timeout.aborted && !interrupted.aborted) throw coded('CONNECTING_TIMED_OUT', { timeout: settings.timeout }, { cause: error });
    throw error;
  }
}

function requestOf(input: CommandInput, { settings, now, newIncidentId }: CommandContext): InvestigationRequest {
  const description = (input.arguments[0] ?? '').trim();
  if (description === '') throw coded('DESCRIPTION_EMPTY', {});
  return {
    incidentId: newIncidentId(),
    description,
    ...(settings.namespace === undefined ? {} : { namespace: settings.namespace }),
    allNamespaces: input.options['allNamespaces'] === true,
    ...timeWindow(input.options, now()),
  };
}

async function show(event: InvestigationEvent, { settings, output }: CommandContext, { options }: CommandInput): Promise<void> {
  if (settings.output === 'jsonl') return output.out(`${JSON.stringify(event)}\n`);
  if (options['quiet'] === true) return;
  const line = renderEventLine(event, { verbose: options['verbose'] === true });
  if (line !== undefined) output.err(`${line}\n`);
}

function exitCodeOf(report: Report, { options }: CommandInput, interrupted: boolean, timedOut: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (timedOut) return EXIT.timedOut;
  const threshold = options['failOn'];
  const best = Math.max(-1, ...report.root_causes.map((cause) => LEVELS.indexOf(cause.confidence_score)));
  return typeof threshold === 'string' && best >= LEVELS.indexOf(threshold as ConfidenceLevel) ? EXIT.causeFound : EXIT.ok;
}

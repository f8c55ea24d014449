import type { IncidentClient } from '../../client/investigation-client.ts';
import type { ClusterReader } from '../../cluster/reader.ts';
import { parseDuration } from '../../config/setting.ts';
import type { ConfidenceLevel } from '../../domain/cause.ts';
import type { InvestigationEvent } from '../../domain/investigation-event.ts';
import type { Report } from '../../domain/report.ts';
import { coded } from '../../errors/coded-error.ts';
import { EXIT } from '../../errors/row.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { openReport } from '../open-report.ts';
import { plainWatcher } from '../plain-watcher.ts';
import { renderReport } from '../render-report.ts';
import type { CommandResult } from '../result.ts';

const LEVELS: readonly ConfidenceLevel[] = ['low', 'medium', 'high'];

/** Begins the run. `asOf`: the time that it tells of: now, or that of the dump. */
export type BeginRun = (client: IncidentClient, asOf: Date, signal: AbortSignal) => AsyncIterable<InvestigationEvent>;

/** Streams what is read to stderr (or every event to stdout as JSON lines), then prints the report. */
export async function reportRun(input: CommandInput, context: CommandContext, begin: BeginRun): Promise<CommandResult> {
  const { snapshot } = input.options;
  const verbose = input.options['verbose'] === true;
  const quiet = input.options['quiet'] === true;
  const { settings, output } = context;
  // A live screen is for a person who reads text; who asks for details gets them as lines.
  const isLive = output.watched && settings.output === 'text' && !quiet && !verbose;
  const showsPrompt = input.options['showPrompt'] === true;
  const prompts: object[] = [];
  const watcher = isLive ? await context.openWatcher(context.interrupted) : plainWatcher(output, { verbose, quiet });
  const timeout = new AbortController();
  const signal = AbortSignal.any([context.interrupted, timeout.signal]);
  const timer = setTimeout(() => timeout.abort(), parseDuration(settings.timeout));
  let report: Report | undefined;
  try {
    // What stands on a live screen is drawn over; a question of a credential plugin has to stay.
    const ask = isLive ? (text: string) => watcher.warn(text.trimEnd()) : output.err;
    const isElsewhere = settings.server !== undefined && snapshot === undefined;
    await using reader = isElsewhere ? undefined : await openReader(context, { snapshot, ask }, timeout.signal);
    const client = await context.openClient({
      ...(reader === undefined ? {} : { reader }),
      keep: input.options['store'] !== false && !showsPrompt,
      onStoreError: ({ code, message, row }) => watcher.warn([`${code}: ${message}`, ...row.nextSteps.slice(0, 1)].join(' ')),
      ...(input.options['llm'] === false
        ? {}
        : { asking: { onCall: (text) => verbose && output.err(`${text}\n`), onPrompt: showsPrompt ? (body) => void prompts.push(body) : undefined } }),
    });
    if (verbose && client.correlationId !== undefined) output.err(`correlation id ${client.correlationId}\n`);
    // A dump may be of last week: half an hour ago is half an hour before it was taken.
    const asOf = reader === undefined ? context.now() : new Date(reader.asOf);
    for await (const event of begin(client, asOf, signal)) {
      if (settings.output === 'jsonl' && !showsPrompt) await output.out(`${JSON.stringify(event)}\n`);
      else watcher.show(event);
      if (event.type === 'report-completed') report = event.report;
    }
  } finally {
    clearTimeout(timer);
    await watcher.end();
  }
  if (report === undefined) throw coded('UNEXPECTED', { reason: 'the investigation ended without a report' });
  if (showsPrompt) return { kind: 'json', value: prompts };
  const opened = input.options['open'] === true && (await openReport(report, context));
  // A page that is open in the browser is not wanted on the terminal as its source.
  if (settings.output !== 'jsonl' && !(opened && settings.output === 'html')) await output.out(await shownReport(report, context, verbose));
  return { kind: 'done', exitCode: exitCodeOf(report, input, context.interrupted.aborted, timeout.signal.aborted) };
}

/** On a person's own screen addresses stand as they are; everywhere else as the model saw them. */
async function shownReport(report: Report, context: CommandContext, verbose: boolean): Promise<string> {
  const isOwnScreen = context.output.isTerminal && context.settings.output === 'text';
  // Before lines are broken: an address is longer than what stood for it. Neither holds a sign that JSON escapes.
  const shown = isOwnScreen ? (JSON.parse(context.restore(JSON.stringify(report))) as Report) : report;
  return renderReport(shown, context, verbose);
}

/** Where not even the first answer came in time, there is nothing to report. */
async function openReader(
  { openReader: open, interrupted, settings }: CommandContext,
  { snapshot, ask }: { snapshot: unknown; ask: (text: string) => void },
  timeout: AbortSignal,
): Promise<ClusterReader> {
  const signal = AbortSignal.any([interrupted, timeout]);
  try {
    return await open({ signal, ask, ...(typeof snapshot === 'string' ? { snapshot } : {}) });
  } catch (error) {
    if (timeout.aborted && !interrupted.aborted) throw coded('CONNECTING_TIMED_OUT', { timeout: settings.timeout }, { cause: error });
    throw error;
  }
}

function exitCodeOf(report: Report, { options }: CommandInput, interrupted: boolean, timedOut: boolean): number {
  if (interrupted) return EXIT.interrupted;
  if (timedOut) return EXIT.timedOut;
  const threshold = options['failOn'];
  const best = Math.max(-1, ...report.root_causes.map((cause) => LEVELS.indexOf(cause.confidence_score)));
  return typeof threshold === 'string' && best >= LEVELS.indexOf(threshold as ConfidenceLevel) ? EXIT.causeFound : EXIT.ok;
}

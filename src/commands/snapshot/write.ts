import type { ClusterReader } from '../../cluster/reader.ts';
import { type SnapshotSummary, writeSnapshot } from '../../cluster/snapshot/write-snapshot.ts';
import { parseDuration } from '../../config/setting.ts';
import { counted } from '../../domain/counted.ts';
import type { Gap } from '../../domain/gap.ts';
import { resourceType } from '../../domain/kubernetes/resource-type.ts';
import { coded } from '../../errors/coded-error.ts';
import { requireNamespace } from '../../evidence/collect/require-namespace.ts';
import { createRedactor } from '../../redact/redactor.ts';
import { printable } from '../../report/printable.ts';
import { formatOpenMetrics } from '../../telemetry/format-open-metrics.ts';
import { readLiveTelemetry } from '../../telemetry/read-live-telemetry.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';

/** `snapshot`: writes a dump; progress goes to stderr, the summary to stdout. */
export async function writeDump({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { out } = options;
  if (typeof out !== 'string' || out === '') throw coded('SETTINGS_INVALID', { problems: ['--out needs a new folder, or a file that ends in .tar.gz'] });
  const timeout = AbortSignal.timeout(parseDuration(context.settings.timeout) ?? 0);
  const signal = AbortSignal.any([context.interrupted, timeout]);
  try {
    await using reader = await context.openReader({ signal, ask: context.output.err });
    const namespaces = await namespacesOf(reader, options['allNamespaces'] === true ? null : context.settings.namespace, signal);
    const live = await telemetryOf(context, { namespaces, until: reader.asOf }, signal);
    const summary = await writeSnapshot({
      reader,
      namespaces,
      out,
      redactor: createRedactor(),
      signal,
      attachment: (name) => live?.files.get(name),
      secretNames: options['secretNames'] === true,
      onProgress: options['quiet'] === true ? undefined : ({ what }) => context.output.err(`${printable(what)}\n`),
    });
    return { kind: 'text', text: options['quiet'] === true ? '' : summaryText(summary, live?.gaps ?? []) };
  } catch (error) {
    if (timeout.aborted && !context.interrupted.aborted) throw coded('SNAPSHOT_TIMED_OUT', { path: out, timeout: context.settings.timeout }, { cause: error });
    throw error;
  }
}

const HOUR_MS = 3_600_000;

/** What the live servers tell of the hour before, as the files in which a dump holds it. */
async function telemetryOf(context: CommandContext, { namespaces, until }: { namespaces: readonly string[]; until: string }, signal: AbortSignal) {
  const servers = await context.openTelemetry();
  if (servers === undefined) return undefined;
  const since = new Date(Date.parse(until) - HOUR_MS).toISOString();
  const { alerts, series, gaps } = await readLiveTelemetry(servers, { namespaces, since, until }, signal);
  const files = new Map<string, string>();
  if (servers.alerts !== undefined) files.set('alerts.json', JSON.stringify(alerts));
  if (servers.metrics !== undefined) files.set('metrics.om', formatOpenMetrics(series));
  return { files, gaps };
}

/** null: all. Otherwise the one that is asked for, if it exists, else that of the context, else all. */
async function namespacesOf(reader: ClusterReader, asked: string | null | undefined, signal: AbortSignal): Promise<readonly string[]> {
  if (asked === null) return [];
  if (asked === undefined) return reader.defaultNamespace === undefined ? [] : [reader.defaultNamespace];
  await requireNamespace(reader, asked, signal);
  return [asked];
}

function summaryText({ path, namespaces, files, objects, logs, bytes, ...lacking }: SnapshotSummary, unanswered: readonly Gap[]): string {
  const lines = [
    `${path}: ${counted(objects, 'object')} and ${counted(logs, 'log')} of ${named(namespaces)} in ${counted(files, 'file')} (${(bytes / 2 ** 20).toFixed(1)} MiB)`,
    ...lackingLines(lacking),
    ...unanswered.map(({ what, why, needs, detail }) => `not in it: ${what} (${why}; ${detail ?? needs})`),
    `Investigate it with: sre-orch investigate "<what hurts>" --snapshot ${path}`,
  ];
  return printable(lines.join('\n'));
}

const MAX_NAMED = 5;

function named(namespaces: readonly string[]): string {
  if (namespaces.length > MAX_NAMED) return `${namespaces.length} namespaces`;
  return namespaces.join(', ') || 'no namespace';
}

function lackingLines({ gaps, logsCut, logsLeftOut }: Pick<SnapshotSummary, 'gaps' | 'logsCut' | 'logsLeftOut'>): string[] {
  const kinds = gaps.map(
    ({ kind, namespace, why, needs }) => `not in it: ${resourceType(kind).plural}${namespace === null ? '' : ` in ${namespace}`} (${why}; needs ${needs})`,
  );
  const leftOut =
    logsLeftOut === undefined
      ? []
      : [`not in it: the logs of ${counted(logsLeftOut.pods, 'pod')} (${logsLeftOut.reason}; a dump of one namespace, -n, has room for more of its own)`];
  const cut = logsCut === 0 ? [] : [`cut: of ${counted(logsCut, 'log')} only the end is in it`];
  return [...kinds, ...leftOut, ...cut];
}

import { parseDuration } from '../../config/setting.ts';
import { EXIT } from '../../errors/row.ts';
import { printable } from '../../report/printable.ts';
import { asksForData } from '../asks-for-data.ts';
import type { CommandInput } from '../command.ts';
import type { CommandContext } from '../context.ts';
import type { CommandResult } from '../result.ts';
import { diagnose } from './diagnose.ts';
import { type DoctorReport, doctorStatus } from './doctor-report.ts';
import { doctorText } from './doctor-text.ts';

/** `doctor`: every check, whatever the others say; as text or JSON. */
export async function runDoctor({ options }: CommandInput, context: CommandContext): Promise<CommandResult> {
  const { settings, interrupted } = context;
  const signal = AbortSignal.any([interrupted, AbortSignal.timeout(parseDuration(settings.timeout) ?? 0)]);
  const report = await diagnose(
    {
      nodeVersion: process.versions.node,
      namespace: settings.namespace,
      allNamespaces: options['allNamespaces'] === true,
      now: context.now,
      openReader: () => context.openReader({ signal, ask: context.output.err }),
      openReviews: () => context.openReviews(context.output.err),
      openTelemetry: () => context.openTelemetry(),
      probeStore: async () => {
        const store = await context.openStore();
        await store.list({ limit: 1 });
        return store.notices;
      },
      countRules: async () => (await context.openRules()).length,
    },
    interrupted,
  );
  const exitCode = exitCodeOf(report);
  if (asksForData(settings)) return { kind: 'json', value: report, exitCode };
  return { kind: 'text', text: printable(doctorText(report)), folds: true, exitCode };
}

function exitCodeOf(report: DoctorReport): number {
  if (report.checks.some(({ name, status }) => name === 'cluster' && status === 'fail')) return EXIT.unreachable;
  return doctorStatus(report) === 'fail' ? EXIT.error : EXIT.ok;
}

import { INVESTIGATION_SETTINGS } from '../config/settings.ts';
import { EXIT } from '../errors/row.ts';
import type { Command, CommandOption } from './command.ts';
import { OPEN_OPTION } from './open-report.ts';

/** What every command takes that runs an investigation and prints its report. */
export const REPORT_OPTIONS: readonly CommandOption[] = [
  {
    flags: '--snapshot <path>',
    help: 'read a dump (folder or .tar.gz) instead of a cluster',
    completes: 'files',
    conflicts: ['kubeconfig', 'context', 'agents', 'cluster', 'server'],
  },
  { flags: '--no-llm', help: 'ask no language model, also where one is set up' },
  OPEN_OPTION,
  { flags: '--quiet', help: 'print the report only', conflicts: ['verbose'] },
  { flags: '--verbose', help: 'print all evidence, and every read with its time' },
  { flags: '--fail-on <level>', help: `exit ${EXIT.causeFound} when a cause of at least this confidence is found`, choices: ['high', 'medium', 'low'] },
];

export const investigateCommand: Command = {
  name: 'investigate',
  summary: 'Name the root cause of what hurts, with its chain and its evidence',
  arguments: [{ name: '<description...>', help: 'what hurts, in a few words: "checkout is failing in shop"', completes: 'objects' }],
  settings: [...INVESTIGATION_SETTINGS, 'namespace', 'output', 'terminalTitle'],
  options: [
    { flags: '-A, --all-namespaces', help: 'look at all namespaces', conflicts: ['namespace'] },
    { flags: '--since <time>', help: 'only what happened since then: 30m, or 2026-01-31T10:00:00Z' },
    { flags: '--at <time>', help: 'the time of the incident' },
    { flags: '--until <time>', help: 'only what happened until then' },
    { flags: '--show-prompt', help: 'print what a language model would be sent, and send nothing', conflicts: ['server'] },
    { flags: '--no-store', help: 'do not keep this investigation' },
    ...REPORT_OPTIONS,
  ],
  examples: [
    'sre-orch investigate "checkout is failing in shop"',
    'sre-orch investigate "pods keep restarting" -n shop --output json',
    'sre-orch investigate "checkout is down" --snapshot ./dump.tar.gz',
    'sre-orch investigate "anything wrong?" -A --fail-on high',
  ],
  async run(input, context) {
    const { runInvestigation } = await import('./investigate/run-investigation.ts');
    return runInvestigation(input, context);
  },
};

import { INVESTIGATION_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';
import { REPORT_OPTIONS } from './investigate.ts';

export const rerunCommand: Command = {
  name: 'rerun',
  summary: 'Ask the same again, as a new investigation',
  arguments: [{ name: '<id>', help: 'the id, the beginning of one, or `last`', completes: 'incidents' }],
  settings: [...INVESTIGATION_SETTINGS, 'output', 'terminalTitle'],
  options: REPORT_OPTIONS,
  examples: [
    'sre-orch rerun last',
    'sre-orch rerun inc-7f3a --server https://sre-orch.example',
    'sre-orch rerun last --fail-on high && sre-orch diff inc-7f3a last',
  ],
  async run(input, context) {
    const { rerunIncident } = await import('./stored/rerun-incident.ts');
    return rerunIncident(input, context);
  },
};

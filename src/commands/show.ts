import { STORED_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';
import { OPEN_OPTION } from './open-report.ts';

export const showCommand: Command = {
  name: 'show',
  summary: 'A stored report, in full',
  arguments: [{ name: '<id>', help: 'the id, the beginning of one, or `last`', completes: 'incidents' }],
  settings: [...STORED_SETTINGS, 'pager'],
  options: [
    { flags: '--verbose', help: 'all evidence and the whole timeline' },
    OPEN_OPTION,
    { flags: '-w, --watch', help: 'follow one that is running, then show its report' },
  ],
  examples: [
    'sre-orch show last',
    'sre-orch show last --watch',
    'sre-orch show inc-7f3a --output markdown',
    "sre-orch show last -o jsonpath='{.root_causes[0].title}'",
    'sre-orch show last --output html --open',
  ],
  async run(input, context) {
    const { showIncident } = await import('./stored/show-incident.ts');
    return showIncident(input, context);
  },
};

import type { Command } from './command.ts';

export const showCommand: Command = {
  name: 'show',
  summary: 'A stored report, in full',
  arguments: [{ name: '<id>', help: 'the id, the beginning of one, or `last`', completes: 'incidents' }],
  settings: ['output', 'dataDir'],
  options: [
    { flags: '--verbose', help: 'all evidence and the whole timeline' },
    { flags: '-w, --watch', help: 'follow one that is running, then show its report' },
  ],
  examples: ['sre-orch show last', 'sre-orch show last --watch', 'sre-orch show inc-7f3a --output markdown'],
  async run(input, context) {
    const { showIncident } = await import('./stored/show-incident.ts');
    return showIncident(input, context);
  },
};

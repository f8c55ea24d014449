import { STORED_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const cancelCommand: Command = {
  name: 'cancel',
  summary: 'Stop an investigation that waits or is under way; what is known by then is its report',
  arguments: [{ name: '<id>', help: 'the id, the beginning of one, or `last`; also of one that another terminal began', completes: 'incidents' }],
  settings: STORED_SETTINGS,
  examples: ['sre-orch cancel last', 'sre-orch cancel inc-7f3a --server https://sre-orch.example', 'sre-orch cancel last && sre-orch show last --watch'],
  async run(input, context) {
    const { cancelIncident } = await import('./stored/cancel-incident.ts');
    return cancelIncident(input, context);
  },
};

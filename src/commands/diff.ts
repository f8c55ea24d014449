import { STORED_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const diffCommand: Command = {
  name: 'diff',
  summary: 'What two stored investigations say differently',
  arguments: [
    { name: '<before>', help: 'the id, the beginning of one, or `last`', completes: 'incidents' },
    { name: '<after>', help: 'the same', completes: 'incidents' },
  ],
  settings: [...STORED_SETTINGS, 'pager'],
  examples: ['sre-orch diff inc-7f3a last', 'sre-orch diff inc-7f3a inc-91bc --output json'],
  async run(input, context) {
    const { diffIncidents } = await import('./stored/diff-incidents.ts');
    return diffIncidents(input, context);
  },
};

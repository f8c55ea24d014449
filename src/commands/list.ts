import { STORED_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const listCommand: Command = {
  name: 'list',
  summary: 'Investigations that are stored, newest first',
  settings: ['namespace', ...STORED_SETTINGS, 'pager'],
  options: [
    { flags: '--status <status>', help: 'only those', choices: ['investigating', 'completed', 'failed', 'cancelled', 'interrupted'] },
    { flags: '--cause <text>', help: 'only with this in the title or the id of the first cause' },
    { flags: '--since <time>', help: 'only begun since then: 24h, or 2026-01-31T10:00:00Z' },
    { flags: '--limit <n>', help: 'at most this many (default 50)' },
  ],
  examples: [
    'sre-orch list',
    'sre-orch list --status interrupted',
    'sre-orch list --cause memory -o name | xargs -n1 sre-orch show',
    'sre-orch list --since 24h --cause memory -o wide',
    'sre-orch list -n shop --output json',
  ],
  async run(input, context) {
    const [{ listIncidents }, { storedClient }] = await Promise.all([import('./stored/list-incidents.ts'), import('./stored/stored-client.ts')]);
    return listIncidents(input, await storedClient(input, context), context);
  },
};

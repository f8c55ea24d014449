import { INVESTIGATION_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const chatCommand: Command = {
  name: 'chat',
  summary: 'Ask, and ask on: a session about what hurts, with what was found kept in mind',
  arguments: [{ name: '[question...]', help: 'what is asked first' }],
  settings: [...INVESTIGATION_SETTINGS, 'namespace'],
  options: [
    {
      flags: '--snapshot <path>',
      help: 'read a dump (folder or .tar.gz) instead of a cluster',
      conflicts: ['kubeconfig', 'context', 'agents', 'cluster', 'server'],
    },
    { flags: '--resume [id]', help: 'go on with a session: the last one, or by id' },
    { flags: '--no-llm', help: 'ask no language model, although one is set' },
    { flags: '--no-store', help: 'keep nothing: no investigations, no session, no history' },
  ],
  examples: [
    'sre-orch chat',
    'sre-orch chat "checkout is failing in shop"',
    'sre-orch chat --resume',
    'sre-orch chat --server https://sre-orch.example',
    "printf '%s\\n' 'checkout is failing' 'why' | sre-orch chat --snapshot ./dump.tar.gz",
  ],
  async run(input, context) {
    const { runChat } = await import('./chat/run-chat.ts');
    return runChat(input, context);
  },
};

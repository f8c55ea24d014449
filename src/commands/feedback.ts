import { STORED_SETTINGS } from '../config/settings.ts';
import type { Command } from './command.ts';

export const feedbackCommand: Command = {
  name: 'feedback',
  summary: 'Say whether the named cause was right; without a word, what was said of it',
  arguments: [
    { name: '<id>', help: 'the id, the beginning of one, or `last`', completes: 'incidents' },
    { name: '[right|wrong]', help: 'whether the named cause was the cause', choices: ['right', 'wrong'] },
  ],
  settings: STORED_SETTINGS,
  options: [
    { flags: '--cause <id>', help: 'which of the named causes is meant (default: the first)' },
    { flags: '--note <text>', help: 'what it was, or how it was found' },
  ],
  examples: ['sre-orch feedback last right', 'sre-orch feedback inc-7f3a wrong --note "a certificate had expired"', 'sre-orch feedback last -o json'],
  async run(input, context) {
    const { giveFeedback } = await import('./stored/give-feedback.ts');
    return giveFeedback(input, context);
  },
};
